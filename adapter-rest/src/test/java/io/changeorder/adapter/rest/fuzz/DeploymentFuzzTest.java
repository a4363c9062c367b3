package io.changeorder.adapter.rest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.changeorder.adapter.rest.deployment.RevisionParameters;
import io.changeorder.adapter.rest.deployment.SettingsParameters;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.message.JsonText;
import io.changeorder.adapter.rest.message.RejectedRequest;
import io.changeorder.adapter.rest.parameter.ParameterDecoder;
import io.changeorder.adapter.rest.parameter.Parameters;
import io.changeorder.adapter.rest.view.ApplicationFields;
import io.changeorder.application.api.query.Views.ApplicationView;
import io.changeorder.application.fake.SettableClock;
import io.changeorder.domain.app.Application;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Version;
import io.changeorder.domain.id.ApplicationId;
import io.changeorder.domain.revision.Revision;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;

/**
 * UpdateStrategy, Envs, CommandArgs, probes, limits and all else that a deployment says, as one JSON object: what is
 * understood is shown by DescribeApplicationConfig in the same words.
 */
@Timeout(30)
class DeploymentFuzzTest {
    private static final ApplicationId APP = new ApplicationId("app-1");
    private static final String DEPLOY = "/pop/v1/sam/app/deployApplication";
    private static final String NEEDED = "?PackageType=FatJar&PackageUrl=file:///a.jar&Replicas=4";

    /** What a deployment wants. */
    private record Wanted(Revision revision, Settings settings) {
        static Wanted of(Parameters parameters) {
            return new Wanted(RevisionParameters.create(parameters), SettingsParameters.create(parameters));
        }
    }

    @FuzzTest
    void whatIsDeployedIsShownInTheSameWords(byte[] sent) {
        understood(DEPLOY, sent).ifPresent(DeploymentFuzzTest::assertIsShown);
        understood(DEPLOY + NEEDED, sent).ifPresent(DeploymentFuzzTest::assertIsShown);
    }

    private static void assertIsShown(Wanted wanted) {
        assertThat(understood(DEPLOY, shown(wanted).getBytes(StandardCharsets.UTF_8)))
                .as(shown(wanted))
                .contains(wanted);
    }

    private static String shown(Wanted wanted) {
        Version version = Version.of(APP, wanted.revision(), wanted.settings(), SettableClock.START);
        ApplicationView view = new ApplicationView(
                Application.fresh(APP, "hello", "", SettableClock.START),
                Optional.of(version),
                Optional.empty(),
                List.of(),
                true,
                0);
        return JsonText.of(ApplicationFields.config(view, Optional.of(version), Optional.of(wanted.settings())));
    }

    private static Optional<Wanted> understood(String target, byte[] json) {
        try {
            return Optional.of(Wanted.of(ParameterDecoder.decode(ApiRequest.of("POST", target)
                    .withHeader("Content-Type", "application/json")
                    .withBody(json))));
        } catch (RejectedRequest refused) {
            assertThat(refused.failure().status()).isBetween(400, 499);
            return Optional.empty();
        }
    }
}
