package io.changeorder.bootstrap.clients;

import com.google.common.collect.Maps;
import io.changeorder.bootstrap.clients.kit.SaeError;
import io.changeorder.bootstrap.clients.kit.ServerUnderTest;
import io.changeorder.bootstrap.clients.kit.TeaClient;
import io.changeorder.bootstrap.clients.kit.WireCall;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation with every refusal that needs no application, through the generic client. */
class TeaClientRefusalsTest {
    static final List<WireCall> ALL = WireCall.ALL;

    @RegisterExtension
    static final ServerUnderTest SERVER = new ServerUnderTest();

    private TeaClient client;

    @BeforeEach
    void client() {
        client = new TeaClient(SERVER.endpoint(), ServerUnderTest.KEY);
    }

    @AfterEach
    void endMaintenance() {
        client.maintenance(false);
    }

    static Stream<Arguments> requiredParameters() {
        return ALL.stream().flatMap(call -> call.required().keySet().stream().map(name -> Arguments.of(call, name)));
    }

    static Stream<WireCall> commands() {
        return ALL.stream().filter(WireCall::isCommand);
    }

    static Stream<WireCall> aboutAnOrder() {
        return ALL.stream().filter(call -> call.requires("ChangeOrderId"));
    }

    static Stream<WireCall> aboutAnApplication() {
        return ALL.stream().filter(call -> call.requires("AppId"));
    }

    @ParameterizedTest(name = "{0} without {1}")
    @MethodSource("requiredParameters")
    void aMissingParameterIsNamed(WireCall call, String missing) {
        Map<String, String> rest = Maps.filterKeys(call.required(), name -> !name.equals(missing));
        client.refusal(call.operation(), rest).is(SaeError.NOT_EMPTY, missing);
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void aKeyThatMayNotLearnsNothing(WireCall call) {
        new TeaClient(SERVER.endpoint(), ServerUnderTest.DENIED_KEY)
                .refusal(call.operation(), call.required())
                .is(SaeError.NO_PERMISSION);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void noCommandIsAcceptedInMaintenance(WireCall call) {
        client.maintenance(true);
        client.refusal(call.operation(), call.required()).is(SaeError.UPGRADING);
    }

    @ParameterizedTest
    @MethodSource("aboutAnOrder")
    void anUnknownOrderIsNotFound(WireCall call) {
        client.refusal(call.operation(), call.required()).is(SaeError.ORDER_NOT_FOUND);
    }

    /** The vendor has two codes for it. */
    @ParameterizedTest
    @MethodSource("aboutAnApplication")
    void anUnknownApplicationIsNotFound(WireCall call) {
        client.refusal(call.operation(), call.required())
                .is(call.isCommand() ? SaeError.APPLICATION_NOT_FOUND : SaeError.APP_ID_NOT_FOUND);
    }
}
