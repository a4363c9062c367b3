package io.changeorder.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeorder.adapter.rest.authentication.UncheckedSignatures;
import io.changeorder.adapter.rest.fixture.Answered;
import io.changeorder.adapter.rest.fixture.FakeEngine;
import io.changeorder.adapter.rest.message.ApiResponse;
import io.changeorder.application.fixture.OrderBuilder;
import io.changeorder.domain.order.Status;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** The same answers for who prefers XML. */
class XmlAnswersTest {
    private static final String ABORT = "PUT /pop/v1/sam/changeorder/AbortAndRollbackChangeOrder?ChangeOrderId=co-1";

    private final FakeEngine engine = new FakeEngine();

    @Test
    void aSuccessHasARootWithTheNameOfTheOperation() throws Exception {
        ApiResponse response = answer(ABORT, "application/xml");

        assertThat(response.headers()).containsEntry("content-type", "application/xml;charset=utf-8");
        Element root = root(response);
        assertThat(root.getTagName()).isEqualTo("AbortAndRollbackChangeOrderResponse");
        assertThat(text(root, "ChangeOrderId")).isEqualTo("co-1");
        assertThat(text(root, "Code")).isEqualTo("200");
        assertThat(text(root, "Success")).isEqualTo("true");
        assertThat(text(root, "RequestId")).isEqualTo(response.headers().get("x-acs-request-id"));
    }

    @Test
    void aFailureHasTheRootThatTheOldClientLooksFor() throws Exception {
        ApiResponse response = answer("PUT /nowhere", "text/xml");

        Element root = root(response);
        assertThat(response.status()).isEqualTo(404);
        assertThat(root.getTagName()).isEqualTo("Error");
        assertThat(text(root, "Code")).isEqualTo("InvalidApi.NotFound");
    }

    @Test
    void aListIsAnElementOfElementsOfItsName() throws Exception {
        engine.has(OrderBuilder.anOrder("co-1", FakeEngine.APP, Status.AWAITING_CONFIRMATION)
                .build());

        String xml = answer("GET /pop/v1/sam/changeorder/DescribeChangeOrder?ChangeOrderId=co-1", "application/xml")
                .text();
        assertThat(xml)
                .contains("<Pipelines><Pipelines><PipelineId>co-1-1</PipelineId>")
                .contains("</Pipelines><Pipelines><PipelineId>co-1-2</PipelineId>")
                .contains("</Pipelines></Pipelines>");
    }

    @Test
    void whatXmlCanNotHoldIsReplacedAndTheRestIsEscaped() throws Exception {
        engine.has(OrderBuilder.aRunningOrder("co-1", FakeEngine.APP)
                .withDescription("a<b>&\"c\" \u0001\u001b 🚀 ]]>")
                .build());

        Element root =
                root(answer("GET /pop/v1/sam/changeorder/DescribeChangeOrder?ChangeOrderId=co-1", "application/xml"));
        assertThat(text(root, "Description")).isEqualTo("a<b>&\"c\" \ufffd\ufffd 🚀 ]]>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/json                             | json
            */*                                          | json
            application/xml                              | xml
            text/xml                                     | xml
            application/xml, */*                         | xml
            application/json, application/xml            | json
            application/json;q=0.5, application/xml;q=1  | xml
            application/xml;q=0                          | json
            application/xml;q=nonsense                   | json
            application/xml;q=0.1, */*;q=0.9             | json
            ;;;,,,                                       | json
            image/png                                    | json
            """)
    void xmlIsForWhoPrefersIt(String accept, String format) {
        assertThat(answer(ABORT, accept).headers().get("content-type"))
                .isEqualTo("application/" + format + ";charset=utf-8");
    }

    private ApiResponse answer(String call, String accept) {
        return engine.api().answer(Answered.request(call).withHeader("Accept", accept), new UncheckedSignatures());
    }

    private static Element root(ApiResponse response) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(response.text())))
                .getDocumentElement();
    }

    private static String text(Element root, String name) {
        return root.getElementsByTagName(name).item(0).getTextContent();
    }
}
