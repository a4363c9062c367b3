package io.changeorder.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.FakeEngine;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.api.command.AbortAndRollBackChangeOrder;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The document's own sample of AbortAndRollbackChangeOrder, field by field. */
class SeedSampleTest {
    private static final String CALL = "PUT /pop/v1/sam/changeorder/AbortAndRollbackChangeOrder?ChangeOrderId=co-1";

    private static final JsonNode SAMPLE = Answered.json("""
            {
              "RequestId": "91F93257-7A4A-4BD3-9A7E-2F6EAE6D****",
              "Message": "success",
              "TraceId": "0a98a02315955564772843261e****",
              "Data": {
                "ChangeOrderId": "ba386059-69b1-4e65-b1e5-0682d9fa****"
              },
              "ErrorCode": "success",
              "Code": 200,
              "Success": true
            }
            """);

    private final FakeEngine engine = new FakeEngine()
            .answers(new Receipt(
                    FakeEngine.APP,
                    Optional.of(FakeEngine.ORDER),
                    Optional.of(FakeEngine.ROLLBACK),
                    Optional.empty(),
                    true));

    @Test
    void theAnswerHasTheFieldsOfTheSampleInItsOrderLessErrorCode() {
        Answered answered = Answered.to(engine.api(), CALL);

        assertThat(answered.status()).isEqualTo(200);
        assertThat(ImmutableList.copyOf(answered.body().fieldNames()))
                .containsExactly("RequestId", "Message", "TraceId", "Data", "Code", "Success");
        answered.body()
                .properties()
                .forEach(field -> assertThat(field.getValue().getNodeType())
                        .as(field.getKey())
                        .isEqualTo(SAMPLE.get(field.getKey()).getNodeType()));
        assertThat(answered.body().get("Message")).isEqualTo(SAMPLE.get("Message"));
        assertThat(answered.body().get("Code")).isEqualTo(SAMPLE.get("Code"));
        assertThat(answered.body().get("Success")).isEqualTo(SAMPLE.get("Success"));
    }

    @Test
    void theIdsLookLikeThoseOfTheSample() {
        JsonNode body = Answered.to(engine.api(), CALL).body();

        assertThat(body.get("RequestId").asText())
                .matches("[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}");
        assertThat(body.get("TraceId").asText()).matches("[0-9a-f]{32}");
    }

    @Test
    void theDataNamesTheNamedOrderAndTheRollbackBesideIt() {
        JsonNode data = Answered.to(engine.api(), CALL).data();

        assertThat(ImmutableList.copyOf(data.fieldNames())).containsExactly("ChangeOrderId", "RollbackChangeOrderId");
        assertThat(data.get("ChangeOrderId").asText()).isEqualTo("co-1");
        assertThat(data.get("RollbackChangeOrderId").asText()).isEqualTo("co-2");
        assertThat(engine.lastAs(AbortAndRollBackChangeOrder.Command.class).order())
                .contains(FakeEngine.ORDER);
    }

    @Test
    void anOrderThatTouchedNothingHasNoRollback() {
        engine.answers(FakeEngine.RECEIPT);

        assertThat(ImmutableList.copyOf(Answered.to(engine.api(), CALL).data().fieldNames()))
                .containsExactly("ChangeOrderId");
    }

    @Test
    void aFenceThatIsNotConfirmedIsSaid() {
        engine.answers(FakeEngine.RECEIPT.withFenceConfirmed(false));

        JsonNode data = Answered.to(engine.api(), CALL).data();
        assertThat(data.get("FenceConfirmed").isBoolean()).isTrue();
        assertThat(data.get("FenceConfirmed").asBoolean()).isFalse();
    }
}
