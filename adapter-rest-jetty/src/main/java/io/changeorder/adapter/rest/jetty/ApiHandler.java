package io.changeorder.adapter.rest.jetty;

import com.google.common.base.Strings;
import io.changeorder.adapter.rest.CrossSite;
import io.changeorder.adapter.rest.RestApi;
import io.changeorder.adapter.rest.authentication.RequestAuthentication;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.message.ApiResponse;
import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.WireError;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Hands requests of Jetty to the API, and its answers to Jetty. */
final class ApiHandler extends Handler.Abstract {
    private final RestApi api;
    private final RequestAuthentication authentication;
    private final BooleanSupplier keysExist;
    private final AddressRate rate;

    ApiHandler(RestApi api, RequestAuthentication authentication, BooleanSupplier keysExist, AddressRate rate) {
        this.api = api;
        this.authentication = authentication;
        this.keysExist = keysExist;
        this.rate = rate;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        ApiRequest head = head(request);
        send(answer(request, head), response, callback);
        return true;
    }

    private ApiResponse answer(Request request, ApiRequest head) {
        if (!rate.admits(request.getConnectionMetaData().getRemoteSocketAddress())) {
            return api.refuse(head, Failure.of(WireError.THROTTLED));
        }
        return CrossSite.isSuspected(head) || isRebound(head)
                ? api.refuse(head, Failure.of(WireError.NO_PERMISSION))
                : api.answer(head.withBody(WholeBody.of(request)), authentication);
    }

    /** While signatures are not checked, loopback is all that protects the server. */
    private boolean isRebound(ApiRequest head) {
        return CrossSite.isRebound(head) && !keysExist.getAsBoolean();
    }

    /** The request without its body. */
    static ApiRequest head(Request request) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (HttpField field : request.getHeaders()) {
            headers.add(Map.entry(field.getName(), Strings.nullToEmpty(field.getValue())));
        }
        String authority = request.getHttpURI().getAuthority();
        if (authority != null && !request.getHeaders().contains(HttpHeader.HOST)) {
            // That is where HTTP/2 has it.
            headers.add(Map.entry("host", authority));
        }
        ApiRequest head = ApiRequest.of(
                        request.getMethod(),
                        Strings.nullToEmpty(request.getHttpURI().getPathQuery()))
                .withHeaders(headers);
        ApiRequest sent = request.isSecure() ? head.overTls() : head;
        return RemoteAddress.of(request.getConnectionMetaData().getRemoteSocketAddress())
                .map(address -> address.isLoopbackAddress() ? sent.from(address).fromThisMachine() : sent.from(address))
                .orElse(sent);
    }

    static void send(ApiResponse answer, Response response, Callback callback) {
        response.setStatus(answer.status());
        answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }
}
