package io.changeorder.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.base.CaseFormat;
import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.FakeEngine;
import io.changeorder.adapter.rest.message.WireError;
import io.changeorder.application.api.Operation;
import io.changeorder.application.api.Receipt;
import io.changeorder.application.fake.SettableClock;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.application.fixture.Revisions;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Snapshot;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.decision.Refusal;
import io.changeorder.domain.id.Actor;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.order.Ending;
import io.changeorder.domain.plan.Difference;
import io.changeorder.domain.plan.Instance;
import io.changeorder.domain.plan.InstanceFailure;
import io.changeorder.domain.plan.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code docs/parity.md} tells of everything that is there. */
class ParityTest {
    private static final Path DOCUMENT = Path.of("../docs/parity.md");
    private static final InstanceId INSTANCE = new InstanceId("i-1");

    @ParameterizedTest
    @EnumSource(Operation.class)
    void itHasEveryOperation(Operation operation) throws IOException {
        assertThat(document()).contains(CaseFormat.UPPER_UNDERSCORE.to(CaseFormat.UPPER_CAMEL, operation.name()));
    }

    @ParameterizedTest
    @EnumSource(Refusal.Reason.class)
    void itHasEveryReasonOfARefusal(Refusal.Reason reason) throws IOException {
        assertThat(errors()).contains(reason.name());
    }

    @Test
    void itHasEveryErrorThatCanBeAnswered() throws IOException {
        assertThat(document())
                .contains(Arrays.stream(WireError.values()).map(WireError::code).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "AbortAndRollbackChangeOrder, PUT, changeorder/AbortAndRollbackChangeOrder?ChangeOrderId=co-1",
        "AbortChangeOrder, PUT, changeorder/AbortChangeOrder?ChangeOrderId=co-1",
        "DescribeChangeOrder, GET, changeorder/DescribeChangeOrder?ChangeOrderId=co-1",
        "ListChangeOrders, GET, changeorder/ListChangeOrders?AppId=app-1",
        "DescribePipeline, GET, changeorder/DescribePipeline?PipelineId=co-1-1",
        "ConfirmPipelineBatch, GET, changeorder/ConfirmPipelineBatch?PipelineId=co-1-1&Confirm=false",
        "ListAppVersions, GET, app/listAppVersions?AppId=app-1",
        "DescribeApplicationStatus, GET, app/describeApplicationStatus?AppId=app-1",
        "DescribeApplicationConfig, GET, app/describeApplicationConfig?AppId=app-1",
        "ListApplications, GET, app/listApplications",
        "DescribeApplicationGroups, GET, app/describeApplicationGroups?AppId=app-1",
        "DescribeApplicationInstances, GET, app/describeApplicationInstances?AppId=app-1&GroupId=_DEFAULT_GROUP"
    })
    void itHasEveryFieldThatIsAnswered(String operation, String method, String target) throws IOException {
        JsonNode data =
                Answered.to(full().api(), method + " /pop/v1/sam/" + target).data();

        Set<String> names = new TreeSet<>();
        collect(data, names);
        assertThat(names).isNotEmpty();
        assertThat(section("### " + operation)).contains(names);
    }

    /** Everything that an answer can have. */
    private static FakeEngine full() {
        Difference difference = new Difference(Difference.Kind.COUNT, Optional.of(INSTANCE), "4", "3");
        InstanceFailure failure = new InstanceFailure(INSTANCE, InstanceFailure.Kind.NOT_READY_IN_TIME, "why");
        Version version = Version.of(
                        FakeEngine.APP, Revisions.aRevisionWithEverything(), Settings.of(4), SettableClock.START)
                .withRolledBackBy(FakeEngine.ROLLBACK);
        FakeEngine engine = new FakeEngine()
                .answers(new Receipt(
                        FakeEngine.APP, Optional.of(FakeEngine.ORDER), Optional.empty(), Optional.empty(), false))
                .has(version)
                .has(Application.fresh(FakeEngine.APP, "hello", "ns", SettableClock.START)
                        .withSettled(new Snapshot.Running(version.id(), Settings.of(4))))
                .has(OrderBuilder.aRunningOrder("co-1", FakeEngine.APP)
                        .undoing(FakeEngine.ROLLBACK)
                        .undoneBy(FakeEngine.ROLLBACK)
                        .build()
                        .failed(List.of(), new Ending(new Actor("a"), SettableClock.START, Optional.of(failure)))
                        .withProof(new Proof(List.of(difference), List.of("e"), List.of("u"))));
        return engine.has(new Instance(
                INSTANCE,
                new Entry(version.id(), 0),
                Instance.State.RUNNING,
                SettableClock.START,
                Optional.empty(),
                0,
                "why"));
    }

    private static void collect(JsonNode node, Set<String> names) {
        if (node.isObject()) {
            node.properties().forEach(field -> names.add(field.getKey()));
        }
        node.forEach(child -> collect(child, names));
    }

    private static String errors() throws IOException {
        return section("## Errors");
    }

    private static String section(String title) throws IOException {
        String document = document();
        int start = document.indexOf(title + "\n");
        assertThat(start).as(title).isNotNegative();
        int next = document.indexOf("\n##", start + title.length());
        return next < 0 ? document.substring(start) : document.substring(start, next);
    }

    private static String document() throws IOException {
        return Files.readString(DOCUMENT);
    }
}
