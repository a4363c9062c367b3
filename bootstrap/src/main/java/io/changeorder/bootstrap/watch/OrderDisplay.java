package io.changeorder.bootstrap.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.terminal.Terminal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shows an order while it is followed. */
public interface OrderDisplay {
    /** Shows nothing. */
    OrderDisplay NONE = (order, progress) -> {};

    /** Shows how it is now. */
    void show(OrderFacts order, List<BatchProgress> progress);

    /** Bars that move on an interactive terminal, otherwise a line for everything that changes. */
    static OrderDisplay on(Terminal terminal) {
        return terminal.isInteractive() ? bars(terminal) : lines(terminal);
    }

    private static OrderDisplay bars(Terminal terminal) {
        Set<String> shown = new HashSet<>();
        return (order, progress) -> {
            if (shown.add(order.id())) {
                // The last of the order before stays above.
                terminal.keep();
            }
            List<String> lines = new ArrayList<>();
            lines.add(order.title() + ": " + order.standing());
            progress.forEach(each -> lines.add("  " + each.batch().name() + "  "
                    + Terminal.bar(each.done(), each.batch().count()) + "  "
                    + each.done() + "/" + each.batch().count() + "  "
                    + each.batch().status().words()));
            terminal.draw(lines);
        };
    }

    private static OrderDisplay lines(Terminal terminal) {
        Map<String, String> shown = new HashMap<>();
        return (order, progress) -> {
            List<String> lines = new ArrayList<>();
            progress.forEach(each -> {
                String line = order.type() + " " + order.applicationName() + ": "
                        + each.batch().name() + " " + each.batch().status().words() + ", "
                        + each.done() + " of " + each.batch().count() + " instances";
                boolean begun = each.done() > 0 || each.batch().status() != OrderStatus.PREPARING;
                if (begun && !line.equals(shown.put(each.batch().id(), line))) {
                    lines.add(line);
                }
            });
            String standing = order.title() + ": " + order.standing();
            if (!standing.equals(shown.put(order.id(), standing))) {
                lines.add(order.isLive() ? 0 : lines.size(), standing);
            }
            lines.forEach(terminal::line);
        };
    }

    /** The whole of Data as one line of JSON, each time that it has changed. */
    static OrderDisplay json(Terminal terminal) {
        Map<String, JsonNode> shown = new HashMap<>();
        return (order, progress) -> {
            if (!order.json().equals(shown.put(order.id(), order.json()))) {
                terminal.line(order.json().toString());
            }
        };
    }
}
