package io.changeorder.adapter.rest.parameter;

import com.google.common.base.CharMatcher;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.id.BatchId;
import io.changeorder.domain.id.ChangeOrderId;
import io.changeorder.domain.id.InstanceId;
import io.changeorder.domain.revision.RevisionId;
import java.util.Optional;
import java.util.function.Function;

/**
 * Ids that a caller names. What can't be an id names nothing: it becomes an id that nothing has, so that the use case
 * still checks permission and maintenance first and then finds nothing, as for any unknown id.
 */
public final class IdParameters {
    /** Ids are UUIDs and digests; none is this. */
    private static final String NOTHING = "-";

    private static final String NO_DIGEST = "0".repeat(64);
    private static final CharMatcher HEX = CharMatcher.inRange('0', '9').or(CharMatcher.inRange('a', 'f'));

    private IdParameters() {}

    /** ChangeOrderId, or empty when it is missing: the headline verb has a rule of its own for that. */
    public static Optional<ChangeOrderId> orderIfAny(Parameters parameters) {
        return parameters.text("ChangeOrderId").map(text -> id(text, ChangeOrderId::new));
    }

    public static ChangeOrderId order(Parameters parameters) {
        return id(parameters.requiredText("ChangeOrderId"), ChangeOrderId::new);
    }

    public static ApplicationId application(Parameters parameters) {
        return id(parameters.requiredText("AppId"), ApplicationId::new);
    }

    public static BatchId batch(Parameters parameters) {
        return id(parameters.requiredText("PipelineId"), BatchId::new);
    }

    public static Optional<BatchId> batchIfAny(Parameters parameters) {
        return parameters.text("PipelineId").map(text -> id(text, BatchId::new));
    }

    public static Optional<InstanceId> instanceIfAny(Parameters parameters) {
        return parameters.text("InstanceId").map(text -> id(text, InstanceId::new));
    }

    public static RevisionId version(Parameters parameters) {
        return digest(parameters.requiredText("VersionId"));
    }

    public static Optional<RevisionId> versionIfAny(Parameters parameters) {
        return parameters.text("VersionId").map(IdParameters::digest);
    }

    private static RevisionId digest(String text) {
        return new RevisionId(HEX.matchesAllOf(text) && text.length() == NO_DIGEST.length() ? text : NO_DIGEST);
    }

    private static <T> T id(String text, Function<String, T> constructor) {
        try {
            return constructor.apply(text);
        } catch (IllegalArgumentException e) {
            return constructor.apply(NOTHING);
        }
    }
}
