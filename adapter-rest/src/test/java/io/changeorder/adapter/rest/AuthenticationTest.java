package io.changeorder.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.changeorder.adapter.rest.authentication.Caller;
import io.changeorder.adapter.rest.authentication.HostPrincipal;
import io.changeorder.adapter.rest.authentication.RequestAuthentication;
import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.FakeEngine;
import io.changeorder.adapter.rest.fixture.WatchedLog;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.message.ApiResponse;
import io.changeorder.domain.id.Actor;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host says who calls, in its own way and with its own faults. */
class AuthenticationTest {
    private static final ApiRequest STOP = Answered.request("PUT /pop/v1/sam/app/stopApplication?AppId=app-1");

    private final FakeEngine engine = new FakeEngine();

    @Test
    void whomTheHostAuthenticatedIsTheActor() {
        assertThat(HostPrincipal.byName().authenticate(STOP.from(() -> "alice@example.com")))
                .isEqualTo(Caller.known(new Actor("alice@example.com")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "CN=Alice, O=Wonderland",
                "\u00e4",
                "a2345678901234567890123456789012345678901234567890123456789012345"
            })
    void whatCanNotBeAnActorIsRefusedAndLogged(String name) {
        try (WatchedLog log = new WatchedLog()) {
            assertThat(HostPrincipal.byName().authenticate(STOP.from(() -> name)))
                    .isEqualTo(Caller.refused(Caller.Reason.NOT_AUTHENTICATED));
            assertThat(log.first(Level.WARN).getFormattedMessage()).contains("Actor must be");
        }
    }

    @Test
    void anAuthenticationThatThrowsIsLogged() {
        assertIsLogged(
                request -> {
                    throw new IllegalStateException("the directory is down");
                },
                "the directory is down");
    }

    @Test
    void anAuthenticationOfAnotherLanguageMayThrowWhatNobodyDeclared() {
        assertIsLogged(
                request -> AuthenticationTest.<RuntimeException>thrown(new IOException("the directory is gone")),
                "the directory is gone");
    }

    @Test
    @SuppressWarnings("NullAway")
    void anAuthenticationThatAnswersNothingIsLogged() {
        assertIsLogged(request -> null, "no answer");
    }

    private void assertIsLogged(RequestAuthentication authentication, String message) {
        try (WatchedLog log = new WatchedLog()) {
            ApiResponse answer = engine.api().answer(STOP, authentication);

            assertThat(answer.status()).isEqualTo(503);
            assertThat(Answered.json(answer.text()).get("Code").asText()).isEqualTo("ServiceUnavailable");
            assertThat(answer.text()).doesNotContain(message);
            assertThat(engine.asked()).isEmpty();
            ILoggingEvent event = log.first(Level.ERROR);
            assertThat(event.getFormattedMessage())
                    .startsWith(
                            answer.headers().get("x-acs-request-id") + " StopApplication: the authentication threw");
            assertThat(((ThrowableProxy) event.getThrowableProxy()).getThrowable())
                    .hasMessage(message);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> Caller thrown(Exception exception) throws E {
        throw (E) exception;
    }
}
