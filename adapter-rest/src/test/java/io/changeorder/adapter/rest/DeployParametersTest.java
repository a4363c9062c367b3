package io.changeorder.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.UrlEscapers;
import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.FakeEngine;
import io.changeorder.adapter.rest.message.RejectedRequest;
import io.changeorder.application.api.command.DeployApplication;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.application.fixture.Revisions;
import io.changeorder.domain.app.ReadyFloor;
import io.changeorder.domain.app.Settings;
import io.changeorder.domain.app.Surge;
import io.changeorder.domain.app.Timing;
import io.changeorder.domain.app.UpdateStrategy;
import io.changeorder.domain.app.UpdateStrategy.Release;
import io.changeorder.domain.revision.Artifact;
import io.changeorder.domain.revision.PackageType;
import io.changeorder.domain.revision.Probe;
import io.changeorder.domain.revision.Probes;
import io.changeorder.domain.revision.Revision;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the parameters of a deployment make of the present revision and settings. */
class DeployParametersTest {
    private static final Revision FULL = Revisions.aRevisionWithEverything();
    private static final Settings SETTINGS = new Settings(
            4,
            UpdateStrategy.canary(1, 2, Release.MANUAL, Duration.ofSeconds(90)),
            ReadyFloor.ofPercent(50),
            Surge.of(2),
            new Timing(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)),
            "present");

    private final FakeEngine engine = new FakeEngine();

    @Test
    void whatIsNotSaidStays() {
        assertThat(revision("", FULL)).isEqualTo(FULL);
        assertThat(settings("")).isEqualTo(SETTINGS);
    }

    @Test
    void everythingCanBeSaid() {
        Revision revision = revision("""
                PackageType=FatJar&PackageUrl=file:///new.jar&PackageVersion=2&Command=/bin/true&CommandArgs=["a",""]\
                &JarStartOptions=-Xmx1m&JarStartArgs=--x&Envs=[{"name":"A","value":"1"},{"name":"B","value":2}]\
                &Liveness={"exec":{"command":["a","b"]}}&TerminationGracePeriodSeconds=1\
                &Readiness={"httpGet":{"path":"/r","port":"8080","scheme":"https"},"initialDelaySeconds":0,\
                "periodSeconds":2,"timeoutSeconds":3}&StartupProbe={"tcpSocket":{"port":0}}""", OrderBuilder.BEFORE);

        assertThat(revision)
                .isEqualTo(new Revision(
                        PackageType.FAT_JAR,
                        Optional.of(Artifact.at("file:///new.jar")),
                        "2",
                        Optional.of("/bin/true"),
                        List.of("a", ""),
                        "-Xmx1m",
                        "--x",
                        Map.of("A", "1", "B", "2"),
                        new Probes(
                                Optional.of(new Probe(new Probe.Exec(List.of("a", "b")), 10, 30, 1)),
                                Optional.of(new Probe(new Probe.HttpGet("/r", 8080, Probe.Scheme.HTTPS), 0, 2, 3)),
                                Optional.of(new Probe(new Probe.TcpSocket(0), 10, 30, 1))),
                        1));
    }

    @Test
    void whatIsSentEmptyGoesBackToItsDefault() {
        Revision revision = revision(
                "PackageVersion=&Command=&CommandArgs=&JarStartOptions=&JarStartArgs=&Envs=&Liveness=&Readiness={}"
                        + "&StartupProbe=",
                FULL);

        assertThat(revision)
                .isEqualTo(Revision.fatJar(FULL.artifact().orElseThrow())
                        .withTerminationGraceSeconds(FULL.terminationGraceSeconds()));
    }

    @Test
    void aPackageThatIsNamedAgainIsPinnedAnew() {
        assertThat(revision("PackageUrl=file:///srv/full.jar", FULL).artifact().flatMap(Artifact::sha256))
                .isEmpty();
        assertThat(revision("Replicas=1", FULL).artifact().flatMap(Artifact::sha256))
                .isPresent();
    }

    @Test
    void anImageIsTakenFromImageUrlAndAPackageFromPackageUrl() {
        String both = "&ImageUrl=r/x:1&PackageUrl=file:///x.war";

        assertThat(revision("PackageType=Image" + both, FULL).artifact()).contains(Artifact.at("r/x:1"));
        assertThat(revision("PackageType=War" + both, FULL).artifact()).contains(Artifact.at("file:///x.war"));
    }

    @Test
    void aPackageDoesNotBecomeAnImageByItsTypeAlone() {
        DeployApplication.Command command = deploy("PackageType=Image");

        Assertions.assertThatThrownBy(() -> command.revision().apply(OrderBuilder.BEFORE))
                .isInstanceOf(RejectedRequest.class)
                .hasMessage("You must specify the parameter ImageUrl.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type":"BatchUpdate"}                                                              | 0 | 1 | AUTO   | 0
            {"type":"batchupdate","batchUpdate":{"batch":3}}                                    | 0 | 3 | AUTO   | 0
            {"type":"BatchUpdate","batchUpdate":{"batch":"3","releaseType":"MANUAL"}}           | 0 | 3 | MANUAL | 0
            {"type":"BatchUpdate","batchUpdate":{"batch":2,"batchWaitTime":2},"grayUpdate":{"gray":1}} | 0 | 2 | AUTO | 120
            {"type":"GrayBatchUpdate","grayUpdate":{"gray":1}}                                  | 1 | 1 | AUTO   | 0
            {"type":"GRAYBATCHUPDATE","batchUpdate":{"batch":2,"releaseType":"auto","batchWaitTime":1},"grayUpdate":{"gray":1}} | 1 | 2 | AUTO | 60
            {}                                                                                  | 0 | 1 | AUTO   | 0
            ``                                                                                  | 0 | 1 | AUTO   | 0
            """)
    void aStrategyIsReadAsItIsDocumented(String json, int gray, int batches, Release release, int seconds) {
        assertThat(settings("UpdateStrategy=" + json).strategy())
                .isEqualTo(new UpdateStrategy(gray, batches, release, Duration.ofSeconds(seconds)));
    }

    @Test
    void theWaitOutsideIsInSecondsAndWins() {
        assertThat(settings("BatchWaitTime=5").strategy())
                .isEqualTo(UpdateStrategy.canary(1, 2, Release.MANUAL, Duration.ofSeconds(5)));
        assertThat(settings("BatchWaitTime=5&UpdateStrategy={\"type\":\"BatchUpdate\",\"batchUpdate\":"
                                + "{\"batch\":2,\"batchWaitTime\":1}}")
                        .strategy())
                .isEqualTo(UpdateStrategy.automatic(2, Duration.ofSeconds(5)));
    }

    @Test
    void oneHalfOfALimitSaysThatTheOtherIsNotUsed() {
        assertThat(settings("MinReadyInstances=1").floor()).isEqualTo(ReadyFloor.of(1));
        assertThat(settings("MinReadyInstances=-1").floor()).isEqualTo(ReadyFloor.DEFAULT);
        assertThat(settings("MinReadyInstances=1&MinReadyInstanceRatio=-1").floor())
                .isEqualTo(ReadyFloor.of(1));
        assertThat(settings("MinReadyInstances=1&MinReadyInstanceRatio=30").floor())
                .isEqualTo(new ReadyFloor(OptionalInt.of(1), OptionalInt.of(30)));
        assertThat(settings("MaxSurgeInstanceRatio=100").surge())
                .isEqualTo(new Surge(OptionalInt.empty(), OptionalInt.of(100)));
        assertThat(settings("MaxSurgeInstances=-1").surge()).isEqualTo(Surge.DEFAULT);
    }

    @Test
    void timesAreInSeconds() {
        assertThat(settings("InstanceReadySeconds=8&ReadyForSeconds=0").timing())
                .isEqualTo(new Timing(Duration.ZERO, Duration.ofSeconds(8), Duration.ofSeconds(3)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "True", "TRUE"})
    void deployIsABooleanThatTravelsAsText(String text) {
        assertThat(deploy("Deploy=" + text).start()).isTrue();
    }

    private Revision revision(String parameters, Revision present) {
        return deploy(parameters).revision().apply(present);
    }

    private Settings settings(String parameters) {
        return deploy(parameters).settings().apply(SETTINGS);
    }

    private DeployApplication.Command deploy(String parameters) {
        StringBuilder query = new StringBuilder("POST /pop/v1/sam/app/deployApplication?AppId=app-1");
        for (String parameter : parameters.isEmpty() ? List.<String>of() : List.of(parameters.split("&", -1))) {
            int equals = parameter.indexOf('=');
            query.append('&').append(parameter, 0, equals).append('=');
            query.append(UrlEscapers.urlFormParameterEscaper().escape(parameter.substring(equals + 1)));
        }
        Answered answered = Answered.to(engine.api(), query.toString());
        assertThat(answered.status()).as("%s", answered.body()).isEqualTo(200);
        return engine.lastAs(DeployApplication.Command.class);
    }
}
