package io.changeorder.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.adapter.rest.authentication.Caller;
import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.FakeEngine;
import io.changeorder.adapter.rest.message.ApiResponse;
import io.changeorder.application.api.Operation;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.id.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which refusals are taken down although the engine does not hear of them. */
class AuditOfRefusalsTest {
    private static final String STOP = "PUT /pop/v1/sam/app/stopApplication?AppId=app-1";
    private static final Actor ALICE = new Actor("alice");

    private final FakeEngine engine = new FakeEngine();
    private final List<String> taken = new ArrayList<>();

    @Test
    void aCommandOfAKeyThatThereIs() {
        ApiResponse answer = refused(STOP, Caller.Reason.SIGNATURE_MISMATCH, Optional.of(ALICE));

        assertThat(taken)
                .containsExactly("alice " + Operation.STOP_APPLICATION + " SIGNATURE_MISMATCH "
                        + answer.headers().get("x-acs-request-id"));
    }

    @Test
    void aGetThatChangesSomethingIsACommand() {
        refused("GET /pop/v1/sam/changeorder/ConfirmPipelineBatch", Caller.Reason.REPLAYED, Optional.of(ALICE));

        assertThat(taken).hasSize(1);
    }

    @Test
    void nothingElse() {
        refused(STOP, Caller.Reason.UNKNOWN_KEY, Optional.empty());
        refused(STOP, Caller.Reason.TOO_MANY_REQUESTS, Optional.of(ALICE));
        refused("GET /pop/v1/sam/app/listApplications", Caller.Reason.SIGNATURE_MISMATCH, Optional.of(ALICE));
        refused("PUT /pop/v1/sam/app/nothing", Caller.Reason.SIGNATURE_MISMATCH, Optional.of(ALICE));

        assertThat(taken).isEmpty();
    }

    @Test
    void whereItCanNotBeTakenDownThatIsAnOutage() {
        RestApi api = engine.api((key, operation, reason, origin) -> {
            throw new StoreUnavailableException("gone");
        });

        assertThat(api.answer(
                                Answered.request(STOP),
                                request -> new Caller.Refused(Caller.Reason.REPLAYED, Optional.of(ALICE), ""))
                        .status())
                .isEqualTo(503);
        assertThat(engine.asked()).isEmpty();
    }

    private ApiResponse refused(String request, Caller.Reason reason, Optional<Actor> key) {
        return engine.api((actor, operation, why, origin) ->
                        taken.add(actor.name() + " " + operation + " " + why + " " + origin.requestId()))
                .answer(Answered.request(request), each -> new Caller.Refused(reason, key, ""));
    }
}
