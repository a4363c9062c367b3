package io.changeorder.adapter.rest.operation;

import com.google.common.collect.ImmutableMap;
import io.changeorder.adapter.rest.message.Answer;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.Fields;
import io.changeorder.adapter.rest.message.WireError;
import java.util.Optional;
import java.util.function.Function;

/** What probes ask: of everybody, without a signature. So it tells little, and why it is not ready only at the machine. */
final class Health {
    private static final Answer UP = Answer.of(new Fields().put("Status", "UP"));

    private final ImmutableMap<String, Function<ApiRequest, Answer>> answers;

    Health(Readiness readiness) {
        answers = ImmutableMap.of("/healthz", request -> UP, "/readyz", request -> readyOrNot(request, readiness));
    }

    /** The answer, if it is a probe. */
    Optional<Answer> answer(ApiRequest request) {
        return isRead(request)
                ? Optional.ofNullable(answers.get(request.path())).map(answer -> answer.apply(request))
                : Optional.empty();
    }

    /** The name on the wire, if it is a probe. */
    Optional<String> nameOf(ApiRequest request) {
        return isRead(request) && answers.containsKey(request.path())
                ? Optional.of(request.path().equals("/healthz") ? "Healthz" : "Readyz")
                : Optional.empty();
    }

    private static boolean isRead(ApiRequest request) {
        return request.method().equals("GET") || request.method().equals("HEAD");
    }

    private static Answer readyOrNot(ApiRequest request, Readiness readiness) {
        return readiness
                .whyNotReady()
                .<Answer>map(why -> notReady(request, why))
                .orElse(UP);
    }

    private static Answer notReady(ApiRequest request, String why) {
        Failure failure = Failure.of(WireError.UNAVAILABLE);
        return request.isLocal() ? failure.withData(new Fields().put("Reason", why)) : failure;
    }
}
