package io.changeorder.domain.order;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes docs/change-order-states.md from the table of transitions. */
final class StatesDocument {
    private StatesDocument() {}

    static String render() {
        return """
                # States of a change order

                Generated from `Transitions`, the one table of the domain; what is not in it can't happen. Do not edit:
                change the table, then run `./mvnw -pl domain -am test -Dtest=TransitionsTest \
                -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true`.

                ## Diagram

                ```mermaid
                stateDiagram-v2
                %s
                ```

                ## States

                An order in a live state may still touch instances. Every live state can be aborted.

                | state | live | meaning |
                |---|---|---|
                %s

                ## Inputs

                | input | what happened |
                |---|---|
                %s

                ## Table

                Where an input (row) leads from a state (column). A dot: it is refused there, or can't come up.

                %s
                """.formatted(diagram(), states(), inputs(), table());
    }

    static String diagram() {
        List<String> lines = Transitions.all().stream()
                .collect(Collectors.groupingBy(
                        row -> List.of(row.from(), row.to()),
                        LinkedHashMap::new,
                        Collectors.mapping(row -> text(row.input()), Collectors.joining(", "))))
                .entrySet()
                .stream()
                .map(edge -> "    %s --> %s: %s"
                        .formatted(edge.getKey().get(0), edge.getKey().get(1), edge.getValue()))
                .toList();
        String ends = Arrays.stream(Status.values())
                .filter(status -> !status.isLive())
                .map(status -> "    " + status + " --> [*]")
                .collect(Collectors.joining("\n"));
        return "    [*] --> PREPARING\n" + String.join("\n", lines) + "\n" + ends;
    }

    private static String states() {
        return Arrays.stream(Status.values())
                .map(status -> "| %s | %s | %s |".formatted(status, status.isLive() ? "yes" : "no", meaning(status)))
                .collect(Collectors.joining("\n"));
    }

    private static String inputs() {
        return Arrays.stream(Input.values())
                .map(input -> "| %s | %s |".formatted(text(input), meaning(input)))
                .collect(Collectors.joining("\n"));
    }

    private static String table() {
        String head = "| | " + Arrays.stream(Status.values()).map(Status::name).collect(Collectors.joining(" | "))
                + " |\n|---" + "|---".repeat(Status.values().length) + "|\n";
        return head + Arrays.stream(Input.values()).map(StatesDocument::row).collect(Collectors.joining("\n"));
    }

    private static String row(Input input) {
        return Arrays.stream(Status.values())
                .map(from -> Transitions.next(from, input).map(Status::name).orElse("·"))
                .collect(Collectors.joining(" | ", "| **" + text(input) + "** | ", " |"));
    }

    private static String text(Input input) {
        return input.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String meaning(Status status) {
        return switch (status) {
            case PREPARING -> "accepted; its batches are not planned yet";
            case RUNNING -> "a batch is carried out";
            case AWAITING_CONFIRMATION -> "a batch is done; a person starts the next one";
            case AWAITING_NEXT_BATCH -> "a batch is done; a timer starts the next one";
            case AWAITING_APPROVAL -> "somebody has to approve it first (nothing leads here yet)";
            case APPROVED -> "approved, not started yet (nothing leads here yet)";
            case SUCCEEDED -> "what it asked for is settled: the next rollback target";
            case FAILED -> "an instance failed; a phased order is rolled back in the same commit";
            case ABORTED -> "a person ended it";
            case SYSTEM_FAILED -> "it was stored and can't be read any more";
        };
    }

    private static String meaning(Input input) {
        return switch (input) {
            case PLANNED -> "its batches were cut, and the first one starts";
            case NOTHING_TO_DO -> "the world is already what it asks for";
            case BATCH_DONE_CONFIRM_NEXT -> "a batch is done and a person starts the next";
            case BATCH_DONE_WAIT_NEXT -> "a batch is done and a timer starts the next";
            case LAST_BATCH_DONE -> "the last batch is done; for a rollback, restoration is proved";
            case NEXT_BATCH -> "a person, or the timer, starts the next batch";
            case BATCH_LOST -> "the batch before does not hold any more and runs again";
            case FAIL -> "an instance failed";
            case ABORT -> "a person ends it, with or without a rollback";
            case HOLD -> "it can't go on without a person: limits, deadline, a rollback that does not restore";
            case CLEAR -> "what held it has gone";
            case RETRY -> "a person has it try again";
            case UNREADABLE -> "what is stored of it can't be read";
        };
    }
}
