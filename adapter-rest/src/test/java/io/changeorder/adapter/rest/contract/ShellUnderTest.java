package io.changeorder.adapter.rest.contract;

import io.changeorder.adapter.rest.RestApi;
import io.changeorder.adapter.rest.authentication.RequestAuthentication;
import io.changeorder.adapter.rest.authentication.UncheckedSignatures;
import io.changeorder.adapter.rest.fixture.FakeEngine;
import io.changeorder.adapter.rest.fixture.RawHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A shell that listens, over an engine that takes down what it is asked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ShellUnderTest {
    static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";

    final FakeEngine engine = new FakeEngine();
    volatile RequestAuthentication authentication = new UncheckedSignatures();
    private Optional<Shell> shell = Optional.empty();

    /**
     * Starts a shell for request heads of up to 64 KiB.
     *
     * @param authentication the one that the shell is given
     */
    protected abstract Shell start(RestApi api, RequestAuthentication authentication);

    /** Whether the shell can tell the operator at its own machine from everybody else. */
    protected abstract boolean knowsItsOwnMachine();

    @BeforeAll
    void startShell() {
        shell = Optional.of(start(engine.api(), request -> authentication.authenticate(request)));
    }

    @BeforeEach
    void startAnew() {
        engine.forget();
        authentication = new UncheckedSignatures();
    }

    @AfterAll
    void stopShell() {
        shell.ifPresent(Shell::close);
    }

    int port() {
        return shell.orElseThrow().port();
    }

    String mount() {
        return shell.orElseThrow().mount();
    }

    RawHttp.Reply send(String method, String target, String headers, String body) throws IOException {
        return RawHttp.exchange(
                port(), head(method, target) + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    String head(String method, String target) {
        return method + " " + mount() + target + " HTTP/1.1\r\nHost: localhost\r\n";
    }

    byte[] mounted(byte[] capture) {
        return new String(capture, StandardCharsets.ISO_8859_1)
                .replaceFirst(" /", " " + mount() + "/")
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
