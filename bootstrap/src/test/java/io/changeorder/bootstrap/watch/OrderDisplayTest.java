package io.changeorder.bootstrap.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.changeorder.bootstrap.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderDisplayTest {
    private final StringWriter written = new StringWriter();

    @Test
    void onATerminalEachBatchHasABar() throws IOException {
        OrderFacts order = order(1, 1, 0);

        OrderDisplay.on(new Terminal(new PrintWriter(written), true)).show(order, progress(order, 1, 0));

        assertThat(written.toString())
                .contains("Deploy application hello, order o-1: running\n")
                .contains("  Batch 1  [############------------]  1/2  running\n")
                .contains("  Batch 2  [------------------------]  0/2  preparing\n");
    }

    @Test
    void theBarsOfAnOrderStayAboveThoseOfItsRollback() throws IOException {
        OrderDisplay display = OrderDisplay.on(new Terminal(new PrintWriter(written), true));
        OrderFacts order = order(6, 2, 6);

        display.show(order, progress(order, 2, 0));
        int before = written.getBuffer().length();
        OrderFacts rollback = order("o-2", 1, 1, 0);
        display.show(rollback, progress(rollback, 1, 0));
        assertThat(written.toString().substring(before)).doesNotContain("\u001b[3A");

        display.show(rollback, progress(rollback, 2, 0));
        assertThat(written.toString()).contains("\u001b[3A");
    }

    @Test
    void elsewhereThereIsALineForWhatHasChanged() throws IOException {
        OrderDisplay display = OrderDisplay.on(new Terminal(new PrintWriter(written), false));
        OrderFacts running = order(1, 1, 0);
        OrderFacts waiting = order(8, 2, 8);

        display.show(running, progress(running, 1, 0));
        display.show(running, progress(running, 1, 0));
        display.show(running, progress(running, 2, 0));
        display.show(waiting, progress(waiting, 2, 0));

        assertThat(written.toString().lines())
                .containsExactly(
                        "Deploy application hello, order o-1: running",
                        "Deploy application hello: Batch 1 running, 1 of 2 instances",
                        "Deploy application hello: Batch 1 running, 2 of 2 instances",
                        "Deploy application hello, order o-1: waiting for confirmation",
                        "Deploy application hello: Batch 1 succeeded, 2 of 2 instances",
                        "Deploy application hello: Batch 2 waiting for confirmation, 0 of 2 instances");
    }

    @Test
    void aStatusThatThisClientDoesNotKnowIsTakenAsLive() throws IOException {
        OrderFacts order = order(99, 99, 0);

        assertThat(order.isLive()).isTrue();
        assertThat(order.standing()).isEqualTo("in an unknown status");
    }

    private static List<BatchProgress> progress(OrderFacts order, int first, int second) {
        return List.of(
                new BatchProgress(order.batches().get(0), first),
                new BatchProgress(order.batches().get(1), second));
    }

    private static OrderFacts order(int status, int first, int second) throws IOException {
        return order("o-1", status, first, second);
    }

    private static OrderFacts order(String id, int status, int first, int second) throws IOException {
        JsonNode data = new ObjectMapper().readTree("""
                        {"ChangeOrderId":"%s","AppId":"a-1","AppName":"hello","CoType":"Deploy application",
                         "CoTypeCode":"CoDeploy","Status":%d,"SubStatus":0,"Pipelines":[
                          {"PipelineId":"p-1","PipelineName":"Batch 1","Status":%d,"ParallelCount":2},
                          {"PipelineId":"p-2","PipelineName":"Batch 2","Status":%d,"ParallelCount":2}]}""".formatted(id, status, first, second));
        return OrderFacts.of(data);
    }
}
