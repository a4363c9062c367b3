package io.changeorder.bootstrap.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.changeorder.bootstrap.terminal.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An order in lines for people. */
public final class OrderText {
    private OrderText() {}

    public static String of(OrderFacts order) {
        List<String> lines = new ArrayList<>();
        JsonNode json = order.json();
        lines.add(order.title() + ": " + order.standing());
        lines.add("  created " + json.path("CreateTime").asText() + " by "
                + json.path("CreateUserId").asText() + described(json));
        if (json.has("FinishTime")) {
            lines.add("  ended " + json.path("FinishTime").asText() + " by "
                    + json.path("EndedBy").asText());
        }
        order.batches()
                .forEach(batch -> lines.add("  " + batch.name() + " (" + batch.id() + "): "
                        + batch.status().words() + ", " + batch.count() + " instances"));
        order.error().ifPresent(error -> lines.add("  " + error));
        order.rollback().ifPresent(rollback -> lines.add("  taken back by order " + rollback));
        order.undoes().ifPresent(undone -> lines.add("  takes back order " + undone));
        if (order.status() == OrderStatus.AWAITING_CONFIRMATION) {
            lines.add("  Next: \"changeorder confirm " + order.id() + "\" or \"changeorder abort-and-rollback "
                    + order.id() + "\".");
        }
        if (json.has("Proof")) {
            lines.addAll(proof(json.path("Proof")));
        }
        return lines.stream().map(Printable::line).collect(Collectors.joining(System.lineSeparator()));
    }

    /** The proof of restoration, in lines that are indented once. */
    public static List<String> proof(JsonNode proof) {
        List<String> lines = new ArrayList<>();
        lines.add(
                proof.path("Holds").asBoolean()
                        ? "  Proof of restoration: the world equals the snapshot."
                        : "  The world does not equal the snapshot:");
        proof.path("Differences")
                .forEach(difference -> lines.add("    "
                        + difference.path("Kind").asText() + " "
                        + difference.path("InstanceId").asText() + ": expected "
                        + difference.path("Expected").asText() + ", found "
                        + difference.path("Found").asText()));
        proof.path("Evidence").forEach(evidence -> lines.add("    " + evidence.asText()));
        proof.path("Unchecked").forEach(unchecked -> lines.add("    not checked: " + unchecked.asText()));
        return lines;
    }

    private static String described(JsonNode json) {
        String description = json.path("Description").asText();
        return description.isEmpty() ? "" : ": " + description;
    }
}
