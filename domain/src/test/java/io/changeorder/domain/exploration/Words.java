package io.changeorder.domain.exploration;

import io.changeorder.domain.app.Composition;
import io.changeorder.domain.app.Entry;
import io.changeorder.domain.decision.Decision;
import io.changeorder.domain.decision.Effect;
import io.changeorder.domain.decision.Event;
import io.changeorder.domain.decision.Happening;
import io.changeorder.domain.order.ChangeOrder;
import io.changeorder.domain.revision.RevisionId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What stories are told in. */
final class Words {
    private Words() {}

    static String of(RevisionId revision) {
        return "r" + revision.value().charAt(0);
    }

    /** The generation is told where there was a restart. */
    static String of(Entry entry) {
        return of(entry.revision()) + (entry.generation() == 0 ? "" : "@" + entry.generation());
    }

    static String of(Composition composition) {
        return composition.isEmpty()
                ? "nothing"
                : composition.counts().entrySet().stream()
                        .map(each -> each.getValue() + " " + of(each.getKey()))
                        .collect(Collectors.joining(" + "));
    }

    static String of(ChangeOrder order) {
        return order.id() + " is " + order.status()
                + order.attention().map(attention -> " and needs a person").orElse("");
    }

    static String of(Effect effect) {
        return effect.match(
                scale -> "scale " + of(scale.entry()) + " to " + scale.count() + " under fence " + scale.fence(),
                raise -> "raise fence " + raise.fence(),
                fresh -> "start afresh"
                        + (fresh.replaced().isEmpty() ? "" : " without " + fresh.replaced())
                        + " under fence " + fresh.fence(),
                release -> "let go under fence " + release.fence());
    }

    static String of(List<Effect> effects) {
        return effects.stream().map(Words::of).collect(Collectors.joining(", "));
    }

    /** What a commit changes, by its events. */
    static String of(Decision.Accepted change) {
        return change.events().stream().flatMap(event -> of(event).stream()).collect(Collectors.joining(", "));
    }

    private static Optional<String> of(Event event) {
        Happening what = event.what();
        if (what instanceof Happening.OrderOpened opened) {
            return Optional.of(opened.order() + " " + opened.type() + " opened");
        } else if (what instanceof Happening.OrderMoved moved) {
            return Optional.of(moved.order() + " " + moved.to() + " ("
                    + moved.input().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")");
        } else if (what instanceof Happening.BatchesPlanned planned) {
            return Optional.of(
                    "planned " + planned.targets().stream().map(Words::of).collect(Collectors.joining(", then ")));
        } else if (what instanceof Happening.Intended intended) {
            return Optional.of("intended " + of(intended.composition()));
        } else if (what instanceof Happening.FenceGrew grew) {
            return Optional.of("fence " + grew.fence());
        } else if (what instanceof Happening.GrowthChanged changed) {
            return Optional.of("growth " + changed.growth());
        } else if (what instanceof Happening.OrderFrozen frozen) {
            return Optional.of(frozen.frozen() ? "its time stands" : "its time runs");
        } else if (what instanceof Happening.StartedAfresh) {
            return Optional.of("started afresh");
        } else if (what instanceof Happening.Settled) {
            return Optional.of("settled");
        }
        return Optional.empty();
    }
}
