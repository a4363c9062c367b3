package io.changeorder.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.UrlEscapers;
import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.FakeEngine;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.application.api.command.AbortAndRollBackChangeOrder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a request has the right code of the table, and nothing is asked of the engine. */
class BadInputTest {
    private static final String ABORT = "PUT /pop/v1/sam/changeorder/AbortAndRollbackChangeOrder";
    private static final String DEPLOY = "POST /pop/v1/sam/app/deployApplication?AppId=app-1";
    private static final String CREATE =
            "POST /pop/v1/sam/app/createApplication?AppName=hello&PackageType=FatJar&Replicas=1&PackageUrl=file:///a";
    private static final int KIB = 1024;

    private final FakeEngine engine = new FakeEngine();

    @ParameterizedTest
    @ValueSource(strings = {"", "?ChangeOrderId=", "?ChangeOrderId", "?changeorderid=co-1"})
    void aMissingOrEmptyOrderIsLeftToTheVerbWhoseFirstRuleItIs(String query) {
        Answered.to(engine.api(), ABORT + query);

        assertThat(engine.lastAs(AbortAndRollBackChangeOrder.Command.class).order())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"has%20blank", "%E5%8F%91", "%0A%1B[31m", "../../etc/passwd%0d%0a"})
    void whatCanNotBeAnIdNamesNothing(String id) {
        Answered.to(engine.api(), ABORT + "?ChangeOrderId=" + id);

        assertThat(engine.lastAs(AbortAndRollBackChangeOrder.Command.class).order())
                .hasValueSatisfying(order -> assertThat(order.value()).matches("[!-~]{1,64}"));
    }

    @Test
    void anIdOf60KibNamesNothing() {
        Answered.to(engine.api(), ABORT + "?ChangeOrderId=" + "x".repeat(60 * KIB));

        assertThat(engine.lastAs(AbortAndRollBackChangeOrder.Command.class).order())
                .hasValueSatisfying(order -> assertThat(order.value()).isEqualTo("-"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET /pop/v1/sam/changeorder/DescribeChangeOrder, ChangeOrderId",
        "GET /pop/v1/sam/changeorder/ListChangeOrders?AppId=, AppId",
        "GET /pop/v1/sam/changeorder/DescribePipeline, PipelineId",
        "GET /pop/v1/sam/changeorder/ConfirmPipelineBatch?Confirm=true, PipelineId",
        "GET /pop/v1/sam/changeorder/ConfirmPipelineBatch?PipelineId=b, Confirm",
        "PUT /pop/v1/sam/changeorder/RetryChangeOrder, ChangeOrderId",
        "POST /pop/v1/sam/app/createApplication?PackageType=War&Replicas=1, AppName",
        "POST /pop/v1/sam/app/createApplication?AppName=a&Replicas=1, PackageType",
        "POST /pop/v1/sam/app/createApplication?AppName=a&PackageType=Image&ImageUrl=i, Replicas",
        "POST /pop/v1/sam/app/createApplication?AppName=a&PackageType=Image&Replicas=1, ImageUrl",
        "POST /pop/v1/sam/app/createApplication?AppName=a&PackageType=FatJar&Replicas=1, PackageUrl",
        "POST /pop/v1/sam/app/deployApplication, AppId",
        "PUT /pop/v1/sam/app/rollbackApplication?VersionId=v, AppId",
        "PUT /pop/v1/sam/app/rollbackApplication?AppId=a, VersionId",
        "PUT /pop/v1/sam/app/restartApplication, AppId",
        "PUT /pop/v1/sam/app/rescaleApplication?AppId=a, Replicas",
        "PUT /pop/v1/sam/app/startApplication, AppId",
        "PUT /pop/v1/sam/app/stopApplication, AppId",
        "DELETE /pop/v1/sam/app/deleteApplication, AppId",
        "GET /pop/v1/sam/app/listAppVersions, AppId",
        "GET /pop/v1/sam/app/describeApplicationStatus, AppId",
        "GET /pop/v1/sam/app/describeApplicationConfig, AppId",
        "GET /pop/v1/sam/app/describeApplicationGroups, AppId",
        "GET /pop/v1/sam/app/describeApplicationInstances?GroupId=_DEFAULT_GROUP, AppId",
        "GET /pop/v1/sam/app/describeApplicationInstances?AppId=a, GroupId",
        "PUT /pop/v1/sam/maintenance/SetMaintenance, Enabled"
    })
    void aMissingParameterIsNamed(String call, String parameter) {
        assertIsRefused(
                Answered.to(engine.api(), call),
                400,
                "InvalidParameter.NotEmpty",
                "You must specify the parameter " + parameter + ".");
    }

    @ParameterizedTest
    @CsvSource({
        "Replicas, two",
        "Replicas, 99999999999",
        "Replicas, 1.5",
        "Replicas, 0x10",
        "BatchWaitTime, soon",
        "MinReadyInstances, -2",
        "MinReadyInstances, 100001",
        "MinReadyInstanceRatio, 101",
        "MaxSurgeInstances, -2",
        "MaxSurgeInstances, 2147483647",
        "MaxSurgeInstanceRatio, 101",
        "TerminationGracePeriodSeconds, 0",
        "TerminationGracePeriodSeconds, 301",
        "InstanceReadySeconds, 0",
        "ReadyForSeconds, -1",
        "Deploy, yes",
        "Force, 1",
        "ClientToken, has blank",
        "ClientToken, 发布",
        "ClientToken, 12345678901234567890123456789012345678901234567890123456789012345",
        "DuringMaintenance, maybe"
    })
    void anImpossibleValueIsNamed(String parameter, String value) {
        assertIsRefused(
                Answered.to(engine.api(), DEPLOY + "&" + parameter + "=" + escaped(value)),
                400,
                "InvalidParameter.Obviously",
                "The specified parameter is invalid {" + parameter + "}.");
    }

    @ParameterizedTest
    @CsvSource({"Replicas=-1", "Replicas=0"})
    void fewerThanOneReplicaIsRefused(String replicas) {
        assertIsRefused(
                Answered.to(engine.api(), DEPLOY + "&" + replicas),
                400,
                "InvalidParameter.WithMessage",
                "The parameter is invalid {Replicas}: 1 or more are possible; StopApplication ends every instance");
    }

    @Test
    void aNegativeWaitHasACodeOfItsOwn() {
        assertIsRefused(
                Answered.to(engine.api(), DEPLOY + "&BatchWaitTime=-1"),
                400,
                "BatchWaitTime.Not.Smaller.Zero",
                "BatchWaitTime must not be smaller than zero.");
    }

    @Test
    void aPackageVersionHasALimit() {
        assertIsRefused(
                Answered.to(engine.api(), DEPLOY + "&PackageVersion=" + "1".repeat(65)),
                400,
                "Package.Version.Too.Long",
                "The maximum length of package version is exceeded.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PhpZip", "PythonZip", "jar", "IMAGE_PHP_7_0"})
    void anUnknownPackageTypeIsRefused(String type) {
        assertIsRefused(
                Answered.to(engine.api(), DEPLOY + "&PackageType=" + type),
                400,
                "InvalidPackageType.NotFound",
                "The package type must be War, FatJar, or Image.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            UpdateStrategy | {                                              | it is not JSON (line 1, column 2)
            UpdateStrategy | {"type":"BatchUpdate"} x                       | it is not JSON (line 1, column 24)
            UpdateStrategy | {"type":"BatchUpdate","type":"BatchUpdate"}    | it is not JSON (line 1, column 30)
            UpdateStrategy | []                                             | it is not an object
            UpdateStrategy | {"batchUpdate":{"batch":2}}                    | it has no type
            UpdateStrategy | {"type":"Rolling"}                             | type is neither BatchUpdate nor GrayBatchUpdate
            UpdateStrategy | {"type":7}                                     | type is not a text
            UpdateStrategy | {"type":"BatchUpdate","batchUpdate":7}         | batchUpdate is not an object
            UpdateStrategy | {"type":"BatchUpdate","batchUpdate":{"batch":"two"}} | batchUpdate.batch is not a whole number
            UpdateStrategy | {"type":"BatchUpdate","batchUpdate":{"batch":1.5}} | batchUpdate.batch is not a whole number
            UpdateStrategy | {"type":"BatchUpdate","batchUpdate":{"batch":99999999999}} | batchUpdate.batch is not a whole number
            UpdateStrategy | {"type":"BatchUpdate","batchUpdate":{"batch":0}} | batchUpdate.batch is less than 1
            UpdateStrategy | {"type":"BatchUpdate","batchUpdate":{"batchWaitTime":-1}} | batchUpdate.batchWaitTime is less than 0
            UpdateStrategy | {"type":"BatchUpdate","batchUpdate":{"releaseType":"later"}} | batchUpdate.releaseType is neither auto nor manual
            UpdateStrategy | {"type":"GrayBatchUpdate"}                     | it has no grayUpdate
            UpdateStrategy | {"type":"GrayBatchUpdate","grayUpdate":{"gray":-1}} | grayUpdate.gray is less than 1
            UpdateStrategy | [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]] | it is nested more than 50 deep
            Envs           | [{"name":"a"                                   | it is not JSON (line 1, column 13)
            Envs           | {"name":"a"}                                   | it is not an array
            Envs           | ["a"]                                          | [0] is not an object
            Envs           | [{"value":"b"}]                                | [0] has no name
            Envs           | [{"name":""}]                                  | [0] has a name that is empty or has an = in it
            Envs           | [{"name":"a=b"}]                               | [0] has a name that is empty or has an = in it
            Envs           | [{"name":"a"},{"name":"a"}]                    | [1] has a name that another variable has too
            Envs           | [{"name":"a","value":{}}]                      | [0].value is not a text
            Envs           | [{"name":"a","value":"\\u0000"}]               | [0].value has a NUL or half a character in it
            Envs           | [{"name":"a","value":"\\ud83d"}]               | [0].value has a NUL or half a character in it
            Envs           | [{"name":"a","valueFrom":{"configMapRef":{}}}] | [0].valueFrom is not supported: send a value
            CommandArgs    | [1]                                            | [0] is not a text
            CommandArgs    | "a"                                            | it is not an array
            Liveness       | {"initialDelaySeconds":1}                      | it does not have exactly one of exec, httpGet and tcpSocket
            Liveness       | {"exec":{"command":["a"]},"tcpSocket":{"port":1}} | it does not have exactly one of exec, httpGet and tcpSocket
            Liveness       | {"exec":{"command":[]}}                        | exec has an empty command
            Liveness       | {"exec":{"command":["a"]},"periodSeconds":0}   | periodSeconds is less than 1
            Readiness      | {"tcpSocket":{"port":65536}}                   | tcpSocket.port is not a port
            Readiness      | {"tcpSocket":{}}                               | tcpSocket has no port
            Readiness      | {"httpGet":{"path":"r","port":1}}              | httpGet has a path that does not start with a slash
            Readiness      | {"httpGet":{"path":"/","port":1,"keyWord":"ok"}} | httpGet.keyWord is not supported: the status of the answer decides
            StartupProbe   | {"httpGet":{"path":"/","port":1,"scheme":"ftp"}} | httpGet.scheme is neither HTTP nor HTTPS
            StartupProbe   | no                                             | it is not JSON (line 1, column 1)
            """)
    void brokenJsonIsExplained(String parameter, String json, String why) {
        assertIsRefused(
                Answered.to(engine.api(), DEPLOY + "&" + parameter + "=" + escaped(json)),
                400,
                "InvalidParameter.WithMessage",
                "The parameter is invalid {" + parameter + "}: " + why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1st", "-a", "a_b", "a b", "发布", "a234567890123456789012345678901234567"})
    void aNameThatCanNotBeOneIsRefused(String name) {
        assertIsRefused(
                Answered.to(engine.api(), CREATE.replace("=hello", "=" + escaped(name))),
                400,
                "InvalidParameter.WithMessage",
                "The parameter is invalid {AppName}: it is 1 to 36 letters, digits and hyphens, the first of them a"
                        + " letter");
    }

    @Test
    void aDescriptionHasALimit() {
        assertThat(Answered.to(engine.api(), CREATE + "&AppDescription=" + "x".repeat(1025))
                        .message())
                .isEqualTo("The parameter is invalid {AppDescription}: it is longer than 1024 characters");
    }

    @ParameterizedTest
    @CsvSource({
        "CurrentPage, 0",
        "CurrentPage, 1000001",
        "PageSize, 0",
        "PageSize, 1001",
        "Reverse, up",
        "CoStatus, 4",
        "CoStatus, DONE",
        "CoType, CoFly"
    })
    void aListThatCanNotBeIsRefused(String parameter, String value) {
        assertIsRefused(
                Answered.to(
                        engine.api(),
                        "GET /pop/v1/sam/changeorder/ListChangeOrders?AppId=app-1&" + parameter + "=" + value),
                400,
                "InvalidParameter.Obviously",
                "The specified parameter is invalid {" + parameter + "}.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "%C3%28", "%FF", "%ED%A0%80", "a%2"})
    void brokenPercentEncodingIsNamed(String value) {
        assertIsRefused(
                Answered.to(engine.api(), ABORT + "?ChangeOrderId=" + value),
                400,
                "InvalidParameter.WithMessage",
                "The parameter is invalid {ChangeOrderId}: its percent-encoding is broken or not UTF-8");
    }

    @Test
    void brokenPercentEncodingOfANameIsToldOfTheQuery() {
        assertThat(Answered.to(engine.api(), ABORT + "?%zz=1").message())
                .isEqualTo("The parameter is invalid {query}: its percent-encoding is broken or not UTF-8");
    }

    @Test
    void aParameterThatIsThereTwiceIsNamed() {
        String message = "The specified parameter is invalid {ChangeOrderId}.";

        assertIsRefused(
                Answered.to(engine.api(), ABORT + "?ChangeOrderId=co-1&ChangeOrderId=co-1"),
                400,
                "InvalidParameter.Obviously",
                message);
        assertIsRefused(
                Answered.to(engine.api(), Answered.form(ABORT + "?ChangeOrderId=co-1", "ChangeOrderId=co-2")),
                400,
                "InvalidParameter.Obviously",
                message);
        assertIsRefused(
                Answered.to(engine.api(), Answered.json(ABORT, "{\"ChangeOrderId\":\"a\",\"ChangeOrderId\":\"b\"}")),
                400,
                "InvalidParameter.Obviously",
                message);
    }

    @Test
    void aParameterOfMoreThan64KibIsNamed() {
        assertIsRefused(
                Answered.to(engine.api(), Answered.form(ABORT, "ChangeOrderId=" + "x".repeat(64 * KIB + 1))),
                400,
                "InvalidParameter.Obviously",
                "The specified parameter is invalid {ChangeOrderId}.");
        assertIsRefused(
                Answered.to(engine.api(), Answered.form(ABORT, "ChangeOrderId=" + "发".repeat(22 * KIB))),
                400,
                "InvalidParameter.Obviously",
                "The specified parameter is invalid {ChangeOrderId}.");
    }

    @Test
    void aParameterOf1MibIsTooLargeABody() {
        assertIsRefused(
                Answered.to(engine.api(), Answered.form(ABORT, "ChangeOrderId=" + "x".repeat(KIB * KIB))),
                413,
                "InvalidParameter.WithMessage",
                "The parameter is invalid {body}: it is larger than 1048576 bytes");
    }

    @Test
    void aNameThatIsLongIsNotRepeatedWhole() {
        assertThat(Answered.to(engine.api(), ABORT + "?" + "n".repeat(1000) + "=%zz")
                        .message())
                .hasSizeLessThan(200)
                .contains("nnn...");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?ChangeOrderId=a%00b", "?=b"})
    void whatNoParameterCanBeIsRefused(String query) {
        assertThat(Answered.to(engine.api(), ABORT + query).code()).isEqualTo("InvalidParameter.Obviously");
    }

    @Test
    void halfACharacterIsRefused() {
        assertThat(Answered.to(engine.api(), Answered.json(ABORT, "{\"ChangeOrderId\":\"\\ud83d\"}"))
                        .code())
                .isEqualTo("InvalidParameter.Obviously");
    }

    @Test
    void thereAreNotMoreThan200Parameters() {
        String many = IntStream.rangeClosed(1, 201).mapToObj(i -> "p" + i + "=").collect(Collectors.joining("&"));

        assertIsRefused(
                Answered.to(engine.api(), ABORT + "?" + many),
                400,
                "InvalidParameter.WithMessage",
                "The parameter is invalid {request}: it has more than 200 parameters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "multipart/form-data", "application/xml", ""})
    void aBodyOfAnotherTypeIsRefused(String type) {
        ApiRequest request = ApiRequest.of("PUT", "/pop/v1/sam/changeorder/AbortAndRollbackChangeOrder")
                .withHeader("Content-Type", type)
                .withBody("ChangeOrderId=co-1".getBytes(StandardCharsets.UTF_8));

        assertIsRefused(
                Answered.to(engine.api(), request),
                415,
                "InvalidParameter.WithMessage",
                "The parameter is invalid {Content-Type}: a body is application/x-www-form-urlencoded or"
                        + " application/json, in UTF-8");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":           | it is not JSON (line 1, column 6)
            {"a":1}x        | it is not JSON (line 1, column 8)
            {"a":1}{}       | there is something after the JSON object
            []              | it is not a JSON object
            "a"             | it is not a JSON object
            {"a":{"b":1,"b":2}} | it is not JSON (line 1, column 17)
            """)
    void aBodyThatIsNotAJsonObjectIsRefused(String body, String why) {
        assertIsRefused(
                Answered.to(engine.api(), Answered.json(ABORT, body)),
                400,
                "InvalidParameter.WithMessage",
                "The parameter is invalid {body}: " + why);
    }

    @Test
    void aBodyThatIsNotUtf8IsRefused() {
        ApiRequest request = ApiRequest.of("PUT", "/pop/v1/sam/changeorder/AbortAndRollbackChangeOrder")
                .withHeader("Content-Type", "application/json")
                .withBody(new byte[] {(byte) 0xC3, 0x28});

        assertThat(Answered.to(engine.api(), request).message())
                .isEqualTo("The parameter is invalid {body}: it is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /pop/v1/sam/changeorder/AbortAndRollbackChangeOrder?ChangeOrderId=co-1",
                "GET /pop/v1/sam/changeorder/AbortAndRollbackChangeOrder?ChangeOrderId=co-1",
                "put /pop/v1/sam/changeorder/AbortAndRollbackChangeOrder?ChangeOrderId=co-1",
                "PUT /pop/v1/sam/changeorder/AbortAndRollbackChangeOrder/?ChangeOrderId=co-1",
                "PUT /pop/v1/sam/changeorder/abortandrollbackchangeorder?ChangeOrderId=co-1",
                "PUT /pop/v1/sam/changeorder/%41bortAndRollbackChangeOrder?ChangeOrderId=co-1",
                "PUT //pop/v1/sam/changeorder/AbortAndRollbackChangeOrder?ChangeOrderId=co-1",
                "GET /pop/v1/sam/app/deployApplication?AppId=a",
                "DELETE /pop/v1/sam/app/stopApplication?AppId=a",
                "OPTIONS /pop/v1/sam/app/stopApplication?AppId=a",
                "GET /"
            })
    void anotherMethodOrPathIsNotFound(String call) {
        assertIsRefused(
                Answered.to(engine.api(), call),
                404,
                "InvalidApi.NotFound",
                "Specified api is not found, please check your url and method.");
    }

    private void assertIsRefused(Answered answered, int status, String code, String message) {
        assertThat(answered.message()).isEqualTo(message);
        assertThat(answered.code()).isEqualTo(code);
        assertThat(answered.status()).isEqualTo(status);
        assertThat(engine.asked()).isEmpty();
    }

    private static String escaped(String value) {
        return UrlEscapers.urlFormParameterEscaper().escape(value);
    }
}
