package io.changeorder.bootstrap.clients;

import com.google.common.collect.Maps;
import io.changeorder.bootstrap.clients.kit.OldClient;
import io.changeorder.bootstrap.clients.kit.OldRequests;
import io.changeorder.bootstrap.clients.kit.SaeError;
import io.changeorder.bootstrap.clients.kit.ServerUnderTest;
import io.changeorder.bootstrap.clients.kit.TeaClient;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation of the old client with every refusal that needs no application. */
class OldClientRefusalsTest {
    static final List<OldRequests> ALL = OldRequests.ALL;

    @RegisterExtension
    static final ServerUnderTest SERVER = new ServerUnderTest();

    private OldClient client;
    private OldClient denied;
    private TeaClient operator;

    @BeforeEach
    void clients() {
        client = new OldClient(SERVER.endpoint(), ServerUnderTest.KEY);
        denied = new OldClient(SERVER.endpoint(), ServerUnderTest.DENIED_KEY);
        operator = new TeaClient(SERVER.endpoint(), ServerUnderTest.KEY);
    }

    @AfterEach
    void endMaintenance() {
        operator.maintenance(false);
        client.close();
        denied.close();
    }

    static Stream<Arguments> requiredParameters() {
        return ALL.stream()
                .flatMap(requests ->
                        requests.call().required().keySet().stream().map(name -> Arguments.of(requests, name)));
    }

    static Stream<OldRequests> commands() {
        return ALL.stream().filter(requests -> requests.call().isCommand());
    }

    static Stream<OldRequests> aboutAnOrder() {
        return ALL.stream().filter(requests -> requests.call().requires("ChangeOrderId"));
    }

    static Stream<OldRequests> aboutAnApplication() {
        return ALL.stream().filter(requests -> requests.call().requires("AppId"));
    }

    @ParameterizedTest(name = "{0} without {1}")
    @MethodSource("requiredParameters")
    void aMissingParameterIsNamed(OldRequests requests, String missing) {
        client.refusal(requests.with(Maps.filterKeys(requests.call().required(), name -> !name.equals(missing))))
                .is(SaeError.NOT_EMPTY, missing);
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void aKeyThatMayNotLearnsNothing(OldRequests requests) {
        denied.refusal(requests.complete()).is(SaeError.NO_PERMISSION);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void noCommandIsAcceptedInMaintenance(OldRequests requests) {
        operator.maintenance(true);
        client.refusal(requests.complete()).is(SaeError.UPGRADING);
    }

    @ParameterizedTest
    @MethodSource("aboutAnOrder")
    void anUnknownOrderIsNotFound(OldRequests requests) {
        client.refusal(requests.complete()).is(SaeError.ORDER_NOT_FOUND);
    }

    /** The vendor has two codes for it. */
    @ParameterizedTest
    @MethodSource("aboutAnApplication")
    void anUnknownApplicationIsNotFound(OldRequests requests) {
        client.refusal(requests.complete())
                .is(requests.call().isCommand() ? SaeError.APPLICATION_NOT_FOUND : SaeError.APP_ID_NOT_FOUND);
    }
}
