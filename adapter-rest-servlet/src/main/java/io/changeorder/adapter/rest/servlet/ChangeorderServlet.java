package io.changeorder.adapter.rest.servlet;

import io.changeorder.adapter.rest.CrossSite;
import io.changeorder.adapter.rest.RequestBody;
import io.changeorder.adapter.rest.RestApi;
import io.changeorder.adapter.rest.authentication.RequestAuthentication;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.message.ApiResponse;
import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.WireError;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link RestApi} in a servlet container. Mounted below any prefix ({@code /changeorder/*}) it answers everything there
 * with the wire's envelopes. It reads the raw query and the body itself, so nothing before it may have asked for the
 * request's parameters: Spring's FormContentFilter and HiddenHttpMethodFilter do. Vendor clients put much into the query;
 * allow request heads of 64 KiB.
 *
 * <p>Requests that a page of another site made a browser send are refused, whoever is logged in there. No request counts
 * as coming from the operator at this machine, since a proxy may stand in between. Safe from any thread; it starts and
 * closes nothing.
 */
public final class ChangeorderServlet extends HttpServlet {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeorderServlet.class);
    private static final long serialVersionUID = 1L;

    private final transient RestApi api;
    private final transient RequestAuthentication authentication;

    /**
     * For this API. There is no usual authentication: whoever reaches the container reaches this servlet.
     *
     * @param authentication says who calls; {@code HostPrincipal.byName()} believes the container
     */
    public ChangeorderServlet(RestApi api, RequestAuthentication authentication) {
        this.api = api;
        this.authentication = authentication;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ApiRequest head = RequestHead.of(request);
        send(
                CrossSite.isSuspected(head)
                        ? api.refuse(head, Failure.of(WireError.NO_PERMISSION))
                        : answer(head, request),
                response);
    }

    private ApiResponse answer(ApiRequest head, HttpServletRequest request) throws IOException {
        byte[] body = RequestBody.read(request.getInputStream());
        if (TakenForm.wasTaken(request, body)) {
            LOG.error(
                    "The body of {} {} was read before it came here. Let no filter before this servlet ask for"
                            + " parameters; in Spring Boot set spring.mvc.formcontent.filter.enabled=false",
                    head.method(),
                    head.path());
            return api.refuse(head, Failure.of(WireError.INTERNAL));
        }
        return api.answer(head.withBody(body), authentication);
    }

    private static void send(ApiResponse answer, HttpServletResponse response) throws IOException {
        byte[] body = answer.body();
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
