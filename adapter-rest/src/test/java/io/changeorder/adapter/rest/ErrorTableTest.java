package io.changeorder.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.FakeEngine;
import io.changeorder.adapter.rest.message.WireError;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.application.spi.runtime.RuntimeUnavailableException;
import io.changeorder.application.spi.store.StoreUnavailableException;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.decision.Refusal.Reason;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.order.Status;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Codes and messages to the byte; misspellings are the vendor's. */
class ErrorTableTest {
    private static final String ABORT = "PUT /pop/v1/sam/changeorder/AbortAndRollbackChangeOrder?ChangeOrderId=co-1";
    private static final String STATUS = "GET /pop/v1/sam/app/describeApplicationStatus?AppId=app-1";

    private final FakeEngine engine = new FakeEngine();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PARAMETER_MISSING | 400 | InvalidParameter.NotEmpty | You must specify the parameter Subject.
            PARAMETER_INVALID | 400 | InvalidParameter.Obviously | The specified parameter is invalid {Subject}.
            PARAMETER_UNUSABLE | 400 | InvalidParameter.WithMessage | The parameter is invalid {Subject}: detail
            NOT_PERMITTED | 400 | Resouce.no.permission | You are not authorized to operate on the specified resources.
            MAINTENANCE | 400 | System.Upgrading | The system is being upgraded. Please try again later.
            ORDER_NOT_FOUND | 400 | InvalidChangeOrder.NotFound | The current change order does not exist.
            ORDER_IS_RUNNING | 400 | Application.ChangerOrderRunning | An application change process is in progress. Please try again later.
            ORDER_IS_NOT_LIVE | 400 | Application.ChangerOrder.Not.Running | The change order is not running and cannot be terminated.
            APPLICATION_NOT_FOUND | 400 | InvalidApplication.NotFound | The current application does not exist.
            APPLICATION_NOT_DEPLOYED | 400 | Application.NotDeployYet | The application has not been deployed. Please deploy it and try again.
            APPLICATION_STATUS | 400 | Application.InvalidStatus | The application status is abnormal. Please try again later.
            APPLICATION_NAME_TAKEN | 400 | InvalidParameter.WithMessage | The parameter is invalid {AppName}: another application of the namespace has this name
            NOTHING_TO_ROLL_BACK | 400 | rollback.error | Failed to roll back.
            VERSION_NOT_FOUND | 400 | InvalidParameter.Obviously | The specified parameter is invalid {VersionId}.
            VERSION_WAS_ROLLED_BACK | 400 | InvalidParameter.WithMessage | The parameter is invalid {PackageVersion}: it was rolled back by change order detail; send Force=true to deploy it all the same
            VERSION_LABEL_TAKEN | 400 | App.Package.Version.Exists | The package version of application already exists.
            VERSION_LABEL_TOO_LONG | 400 | Package.Version.Too.Long | The maximum length of package version is exceeded.
            PACKAGE_TYPE_UNKNOWN | 400 | InvalidPackageType.NotFound | The package type must be War, FatJar, or Image.
            BATCH_NOT_FOUND | 400 | InvalidParameter.Obviously | The specified parameter is invalid {PipelineId}.
            BATCH_NOT_WAITING | 400 | Pipeline.Can.Not.Start.Next.Batch | You cannot start the next batch under the current status.
            FLOOR_NOT_BELOW_REPLICAS | 400 | MinReadyInstances.Not.Smaller.Replicas | The minimum number of available instances must be less than the number of application instances.
            WAIT_NEGATIVE | 400 | BatchWaitTime.Not.Smaller.Zero | BatchWaitTime must not be smaller than zero.
            TOKEN_REUSED | 400 | IdempotentParameterMismatch | The ClientToken was used before with other parameters.
            """)
    void everyRefusalOfACommandHasItsRow(Reason reason, int status, String code, String message) {
        engine.refuses(Refusal.about(reason, "Subject", "detail"));

        assertIsFailure(Answered.to(engine.api(), ABORT), status, code, message);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonIsARefusalOnTheWire(Reason reason) {
        engine.refuses(Refusal.of(reason));

        assertThat(Answered.to(engine.api(), ABORT).status()).isBetween(400, 499);
    }

    @Test
    void anUnknownApplicationIsAnotherErrorForQueries() {
        engine.refuses(Refusal.of(Reason.APPLICATION_NOT_FOUND));

        assertIsFailure(
                Answered.to(engine.api(), STATUS), 404, "InvalidAppId.NotFound", "The specified AppId does not exist.");
    }

    @Test
    void theGatewaysErrorsAreInTheTable() {
        String rows = Arrays.stream(WireError.values())
                .map(error -> error.status() + " " + error.code() + " " + error.message())
                .collect(Collectors.joining("\n"));

        assertThat(rows)
                .contains(
                        "404 InvalidAccessKeyId.NotFound Specified access key is not found.",
                        "400 InvalidAccessKeyId.Inactive Specified access key is disabled.",
                        "400 SignatureDoesNotMatch Specified signature is not matched with our calculation.",
                        "400 InvalidTimeStamp.Expired Specified time stamp or date value is expired.",
                        "400 SignatureNonceUsed Specified signature nonce was used already.",
                        "404 InvalidApi.NotFound Specified api is not found, please check your url and method.",
                        "429 Throttling.User Request was denied due to user flow control.");
    }

    @Test
    void aRefusedAbortTellsWhatBecameOfTheOrder() {
        ChangeOrder aborted = OrderBuilder.anOrder("co-1", FakeEngine.APP, Status.ABORTED)
                .undoneBy(new ChangeOrderId("co-2"))
                .build();
        engine.refuses(Refusal.of(Reason.ORDER_IS_NOT_LIVE, aborted));

        JsonNode data = Answered.to(engine.api(), ABORT).data();
        assertThat(data).isEqualTo(Answered.json("""
                        {"ChangeOrderId":"co-1","Status":6,"EndedBy":"engine","EndedAt":"2026-01-05 08:01:30",
                         "RollbackChangeOrderId":"co-2"}"""));
    }

    @Test
    void aRefusalBecauseOfALiveOrderTellsWhichOne() {
        engine.refuses(Refusal.of(
                Reason.ORDER_IS_RUNNING,
                OrderBuilder.aRunningOrder("co-7", FakeEngine.APP).build()));

        assertThat(Answered.to(engine.api(), ABORT).data())
                .isEqualTo(Answered.json("{\"ChangeOrderId\":\"co-7\",\"Status\":1}"));
    }

    @Test
    void aStoreThatCanNotBeReachedIsAnOutage() {
        engine.fails(() -> new StoreUnavailableException("jdbc:sqlite:/secret/path"));

        Answered answered = Answered.to(engine.api(), ABORT);
        assertThat(answered.status()).isEqualTo(503);
        assertThat(answered.code()).isEqualTo("ServiceUnavailable");
        assertThat(answered.body().toString()).doesNotContain("secret");
    }

    @Test
    void whatTheStoreAdvisesIsRecommended() {
        engine.fails(() -> new StoreUnavailableException(
                "The disk of /secret/path is full", "The disk is full. Free some space.", new IOException("secret")));

        Answered answered = Answered.to(engine.api(), ABORT);
        assertThat(answered.body().get("Recommend").asText()).isEqualTo("The disk is full. Free some space.");
        assertThat(answered.body().toString()).doesNotContain("secret");
    }

    @Test
    void aRuntimeThatCanNotBeReachedIsAnOutage() {
        engine.fails(() -> new RuntimeUnavailableException("gone"));

        assertThat(Answered.to(engine.api(), ABORT).code()).isEqualTo("ServiceUnavailable");
    }

    @Test
    void aBugShowsNothingOfItself() {
        engine.fails(() -> new IllegalStateException("the password is 1234"));

        Answered answered = Answered.to(engine.api(), ABORT);
        assertThat(answered.status()).isEqualTo(500);
        assertThat(answered.code()).isEqualTo("InternalError");
        assertThat(answered.body().toString()).doesNotContain("1234").doesNotContain("IllegalState");
    }

    private static void assertIsFailure(Answered answered, int status, String code, String message) {
        JsonNode body = answered.body();
        assertThat(answered.status()).isEqualTo(status);
        assertThat(ImmutableList.copyOf(body.fieldNames()))
                .startsWith("RequestId", "HostId", "Code", "Message", "Recommend", "ErrorCode", "Success", "TraceId");
        assertThat(body.get("Code").isTextual()).isTrue();
        assertThat(answered.code()).isEqualTo(code);
        assertThat(body.get("ErrorCode").asText()).isEqualTo(code);
        assertThat(answered.message()).isEqualTo(message);
        assertThat(body.get("Success").asBoolean(true)).isFalse();
        assertThat(Optional.of(body.get("Recommend").asText())).get().isNotEqualTo("");
    }
}
