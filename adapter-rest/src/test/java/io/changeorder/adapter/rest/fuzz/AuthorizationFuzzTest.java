package io.changeorder.adapter.rest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.FakeEngine;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Timeout;

/** The Authorization header: it names its caller, or nothing is asked of the engine. */
@Timeout(30)
class AuthorizationFuzzTest {
    @FuzzTest
    void theCallerIsNamedOrRefused(byte[] sent) {
        String authorization = new String(sent, StandardCharsets.ISO_8859_1);
        FakeEngine engine = new FakeEngine();

        Answered answered = Answered.to(
                engine.api(),
                Answered.request("PUT /pop/v1/sam/app/stopApplication?AppId=app-1")
                        .withHeader("Authorization", authorization));

        if (answered.status() == 200) {
            String name = engine.lastRequest().actor().name();
            assertThat(authorization).contains(name);
            assertThat(name).isNotIn("engine", "anonymous");
        } else {
            assertThat(answered.status() + " " + answered.code())
                    .isIn("400 IncompleteSignature", "404 InvalidAccessKeyId.NotFound");
            assertThat(engine.asked()).isEmpty();
        }
    }
}
