package io.changeorder.adapter.access.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken as a policy. */
class PolicyDocumentTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                                                | The policy must be an object
            {}                                                                | The policy must be an object, and not an empty one
            {"Version":"2","Statement":[]}                                    | Version must be "1"
            {"Version":1,"Statement":[]}                                      | Version must be a text
            {"Statement":[]}                                                  | Version is missing
            {"Version":"1"}                                                   | Statement must be a list
            {"Version":"1","Statement":[]}                                    | Statement must be a list, and not an empty one
            {"Version":"1","Statement":{}}                                    | Statement must be a list
            {"Version":"1","Statement":[7]}                                   | Statement[0] must be an object
            {"Version":"1","Statement":[],"Id":"x"}                           | Id is not known here
            {"Version":"1","version":"1","Statement":[]}                      | version is not known here
            {"Version":"1","Version":"1","Statement":[]}                      | Duplicate field 'Version'
            {"Version":"1" x                                                  | (line 1, column
            {} {}                                                             | The policy is not JSON
            """)
    void whatIsNoPolicyIsRefusedByNamingThePlace(String document, String place) {
        assertRefused(document, place);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"Effect":"deny","Action":"*","Resource":"*"}                                       | Effect must be "Allow" or "Deny"
            {"Action":"*","Resource":"*"}                                                       | Effect is missing
            {"Effect":"Deny","Resource":"*"}                                                    | Action must be a text or a list of texts
            {"Effect":"Deny","Action":[],"Resource":"*"}                                        | Action must be a text or a list of texts
            {"Effect":"Deny","Action":["*",7],"Resource":"*"}                                   | Action[1] must be a text
            {"Effect":"Deny","Action":"*"}                                                      | Resource must be a text
            {"Effect":"Allow","Action":"*","NotAction":"*","Resource":"*"}                      | has both Action and NotAction
            {"Effect":"Allow","Action":"*","NotResource":"*"}                                   | NotResource is not known here
            {"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}                      | Principal is not known here
            {"Effect":"Allow","Action":"abort","Resource":"*"}                                  | Action must be * or like sae:Describe*
            {"Effect":"Allow","Action":"sae:Abort Now","Resource":"*"}                          | Action must be * or like sae:Describe*
            {"Effect":"Deny","Action":["*","sae:AbortChangeOrders"],"Resource":"*"}             | Action[1] is no operation here, so that nothing is denied; do you mean sae:AbortChangeOrder?
            {"Effect":"Deny","Action":"seo:Abort*","Resource":"*"}                              | is no operation here, so that nothing is denied
            {"Effect":"Allow","NotAction":"sae:DeleteAplication","Resource":"*"}                | NotAction is no operation here, so that nothing is excepted; do you mean sae:DeleteApplication?
            {"Effect":"Allow","Action":"*","Resource":"application/prod/*"}                     | Resource must be * or like acs:sae:
            {"Effect":"Allow","Action":"*","Resource":"acs:sae:*"}                              | Resource must be * or like acs:sae:
            {"Effect":"Allow","Action":"*","Resource":"acs:sae::*:application/prod/*"}          | Resource must be * or like acs:sae:
            {"Effect":"Deny","Action":"*","Resource":["*","acs:sae:*:*:aplication/prod/*"]}     | Resource[1] is nothing that there is here, so that nothing is denied
            {"Effect":"Deny","Action":"*","Resource":"acs:sae:*:*:application/prod"}            | Resource is nothing that there is here
            {"Effect":"Deny","Action":"*","Resource":"acs:ecs:*:*:*"}                           | Resource is nothing that there is here
            """)
    void aStatementThatWouldNotDoWhatItSaysIsRefused(String statement, String place) {
        assertRefused(document(statement), "Statement[0]");
        assertRefused(document(statement), place);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                                | Condition must be an object, and not an empty one
            "x"                                                               | Condition must be an object
            {"IpAddress":{}}                                                  | Condition.IpAddress must be an object, and not an empty one
            {"IpAddress":[]}                                                  | Condition.IpAddress must be an object
            {"IpAddres":{"acs:SourceIp":"10.0.0.1"}}                          | Condition.IpAddres is no operator here; there are IpAddress, NotIpAddress
            {"NumericEquals":{"acs:SourceIp":"1"}}                            | Condition.NumericEquals is no operator here
            {"IpAddress":{"acs:sourceip":"10.0.0.1"}}                         | Condition.IpAddress.acs:sourceip is no condition key here; there are acs:SourceIp
            {"StringLike":{"acs:MFAPresent":"true"}}                          | Condition.StringLike.acs:MFAPresent is no condition key here
            {"IpAddress":{"acs:CurrentTime":"10.0.0.1"}}                      | Condition.IpAddress.acs:CurrentTime can't be compared by IpAddress, only by String
            {"Bool":{"acs:SourceIp":"true"}}                                  | can't be compared by Bool, only by IpAddress
            {"IpAddress":{"acs:SourceIp":[]}}                                 | acs:SourceIp must be a text or a list of texts
            {"IpAddress":{"acs:SourceIp":["10.0.0.1","10.0.0.0/33"]}}         | Condition.IpAddress.acs:SourceIp[1] must have a length between 0 and 32
            {"IpAddress":{"acs:SourceIp":"10.0.0.0/-1"}}                      | must have a length between 0 and 32
            {"IpAddress":{"acs:SourceIp":"2001:db8::/129"}}                   | must have a length between 0 and 128
            {"IpAddress":{"acs:SourceIp":"::ffff:10.0.0.0/90"}}               | its length is at least 96
            {"IpAddress":{"acs:SourceIp":"example.com"}}                      | must be an address or a range of addresses
            {"IpAddress":{"acs:SourceIp":"010.0.0.1"}}                        | must be an address or a range of addresses
            {"IpAddress":{"acs:SourceIp":"fe80::1%eth0"}}                     | must be an address or a range of addresses
            {"IpAddress":{"acs:SourceIp":""}}                                 | must be an address or a range of addresses
            {"StringEquals":{"acs:SourceIp":"10.0.0.0/8"}}                    | must be an address; ranges are for IpAddress
            {"Bool":{"acs:SecureTransport":true}}                             | acs:SecureTransport must be a text or a list of texts
            {"Bool":{"acs:SecureTransport":"yes"}}                            | must be "true" or "false"
            {"DateLessThan":{"acs:CurrentTime":"2026-11-24"}}                 | must be a time with its offset
            {"DateLessThan":{"acs:CurrentTime":"2026-11-24T17:00:00"}}        | must be a time with its offset
            """)
    void aConditionThatIsNotUnderstoodIsRefusedAndNotPassedOver(String condition, String place) {
        assertRefused(
                document("{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":" + condition + "}"),
                "Statement[0].Condition");
        assertRefused(
                document("{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":" + condition + "}"),
                place);
    }

    @Test
    void thePlaceIsThatOfTheStatementThatIsWrong() {
        String good = "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"},";

        assertRefused(document(good + "{\"Effect\":\"Maybe\"}"), "Statement[1].Effect must be");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Effect\":\"Allow\",\"Action\":[\"sae:*\"],\"Resource\":[\"*\"]}",
                "{\"Effect\":\"Deny\",\"Action\":\"SAE:deleteapplication\",\"Resource\":\"*\"}",
                "{\"Effect\":\"Deny\",\"NotAction\":\"sae:Describe*\",\"Resource\":\"acs:sae:*:*:*\"}",
                "{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"acs:sae:*:*:application/*\"}",
                "{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"acs:sae:*:*:app*/prod/*\"}",
                "{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"acs:*:local:*:application/prod/1\"}",
                "{\"Effect\":\"Allow\",\"Action\":\"sae:Query*\",\"Resource\":\"*\"}",
                "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":"
                        + "{\"DateLessThan\":{\"acs:CurrentTime\":\"2026-11-24T17:00+08:00\"},"
                        + "\"NotIpAddress\":{\"acs:SourceIp\":[\"10.0.0.5/8\",\"::1\"]},"
                        + "\"Bool\":{\"acs:SecureTransport\":\"True\"}}}",
            })
    void whatRamUnderstandsIsTaken(String statement) {
        assertThat(PolicyDocument.parse(document(statement)).warnings()).isEmpty();
    }

    @Test
    void whatGrantsNothingIsTakenWithAWarning() {
        PolicyDocument document = PolicyDocument.parse(document("""
                {"Effect":"Allow","Action":["sae:ListApplications","sae:AbortChangeOder","ecs:StopInstance"],
                 "Resource":["acs:ecs:*:*:instance/1"]}"""));

        assertThat(document.warnings())
                .satisfiesExactly(
                        first -> assertThat(first)
                                .contains("Statement[0].Action[1] sae:AbortChangeOder is no operation here; do you"
                                        + " mean sae:AbortChangeOrder?"),
                        second -> assertThat(second).contains("Statement[0].Action[2] ecs:StopInstance"),
                        third -> assertThat(third).contains("Statement[0].Resource[0] acs:ecs:*:*:instance/1"));
    }

    @Test
    void whatDeniesTooMuchIsTakenWithAWarning() {
        PolicyDocument document = PolicyDocument.parse(
                document("{\"Effect\":\"Deny\",\"NotAction\":\"sae:AbortChangeOder\",\"Resource\":\"*\"}"));

        assertThat(document.warnings()).hasSize(1);
    }

    @Test
    void aRegionThatServersHaveOnlyWhenToldSoIsTakenWithAWarning() {
        PolicyDocument document = PolicyDocument.parse(document(
                "{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"acs:sae:cn-hangzhou:*:application/prod/*\"}"));

        assertThat(document.warnings())
                .singleElement()
                .asString()
                .contains("Statement[0].Resource acs:sae:cn-hangzhou:*:application/prod/* names a region");
    }

    @Test
    void aDocumentThatIsTooLongIsNotEvenRead() {
        assertRefused(" ".repeat(6_145), "has 6145 characters, and at most 6144 are allowed");
    }

    @Test
    void aDocumentThatIsTooDeepIsNotEvenReadToItsEnd() {
        assertRefused("[".repeat(1_000), "The policy is not JSON");
    }

    private static String document(String statements) {
        return "{\"Version\":\"1\",\"Statement\":[" + statements + "]}";
    }

    private static void assertRefused(String document, String place) {
        assertThatThrownBy(() -> PolicyDocument.parse(document))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining(place);
    }
}
