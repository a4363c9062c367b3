package io.changeorder.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeorder.adapter.rest.authentication.Caller;
import io.changeorder.adapter.rest.authentication.RequestAuthentication;
import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.FakeEngine;
import io.changeorder.adapter.rest.limit.LimitedKeys;
import io.changeorder.adapter.rest.limit.RequestRate;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.message.ApiResponse;
import io.changeorder.domain.id.Actor;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who asks too much is told to wait. */
class RequestRateTest {
    private static final ApiRequest STOP = Answered.request("PUT /pop/v1/sam/app/stopApplication?AppId=app-1");

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final RequestRate rate = RequestRate.perSecond(10, now::get);

    @Test
    void aSecondsShareMayComeAtOnce() {
        assertThat(admitted("a")).isEqualTo(10);
    }

    @Test
    void moreComesWithTime() {
        admitted("a");
        now.addAndGet(Duration.ofMillis(250).toNanos());
        assertThat(admitted("a")).isEqualTo(2);
        now.addAndGet(Duration.ofDays(1).toNanos());
        assertThat(admitted("a")).isEqualTo(10);
    }

    @Test
    void oneSourceTakesNothingFromAnother() {
        admitted("a");
        assertThat(admitted("b")).isEqualTo(10);
    }

    @Test
    void aRateIsPositive() {
        assertThatThrownBy(() -> RequestRate.perSecond(0)).hasMessageContaining("1 or more");
    }

    @Test
    void aKeyThatAsksTooMuchIsThrottled() {
        FakeEngine engine = new FakeEngine();
        RequestAuthentication limited =
                new LimitedKeys(request -> Caller.known(new Actor("alice")), RequestRate.perSecond(1, now::get));

        assertThat(engine.api().answer(STOP, limited).status()).isEqualTo(200);
        ApiResponse second = engine.api().answer(STOP, limited);
        assertThat(second.status()).isEqualTo(429);
        assertThat(Answered.json(second.text()).get("Code").asText()).isEqualTo("Throttling.User");
        assertThat(engine.asked()).hasSize(1);
    }

    @Test
    void whoIsNotBelievedUsesUpNobodysShare() {
        RequestRate one = RequestRate.perSecond(1, now::get);
        RequestAuthentication refusing =
                new LimitedKeys(request -> Caller.refused(Caller.Reason.SIGNATURE_MISMATCH), one);
        refusing.authenticate(STOP);

        assertThat(new LimitedKeys(request -> Caller.known(new Actor("alice")), one).authenticate(STOP))
                .isEqualTo(Caller.known(new Actor("alice")));
    }

    private long admitted(String source) {
        return IntStream.range(0, 20).filter(each -> rate.admits(source)).count();
    }
}
