package io.changeorder.adapter.rest.jetty;

import com.google.common.base.Strings;
import io.changeorder.adapter.rest.CrossSite;
import io.changeorder.adapter.rest.RequestBody;
import io.changeorder.adapter.rest.RestApi;
import io.changeorder.adapter.rest.authentication.RequestAuthentication;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.message.ApiResponse;
import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.WireError;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Hands requests of Jetty to the API, and its answers to Jetty. */
final class ApiHandler extends Handler.Abstract {
    private final RestApi api;
    private final RequestAuthentication authentication;

    ApiHandler(RestApi api, RequestAuthentication authentication) {
        this.api = api;
        this.authentication = authentication;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        ApiRequest head = head(request);
        // While signatures are not checked, loopback is all that protects the server.
        ApiResponse answer = CrossSite.isRebound(head) || CrossSite.isSuspected(head)
                ? api.refuse(head, Failure.of(WireError.NO_PERMISSION))
                : api.answer(head.withBody(body(request)), authentication);
        send(answer, response, callback);
        return true;
    }

    /** The request without its body. */
    static ApiRequest head(Request request) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (HttpField field : request.getHeaders()) {
            headers.add(Map.entry(field.getName(), Strings.nullToEmpty(field.getValue())));
        }
        ApiRequest head = ApiRequest.of(
                        request.getMethod(),
                        Strings.nullToEmpty(request.getHttpURI().getPathQuery()))
                .withHeaders(headers);
        ApiRequest sent = request.isSecure() ? head.overTls() : head;
        return address(request)
                .map(address -> address.isLoopbackAddress() ? sent.from(address).fromThisMachine() : sent.from(address))
                .orElse(sent);
    }

    static void send(ApiResponse answer, Response response, Callback callback) {
        response.setStatus(answer.status());
        answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }

    private static byte[] body(Request request) throws IOException {
        try (InputStream content = Content.Source.asInputStream(request)) {
            return RequestBody.read(content);
        }
    }

    private static Optional<InetAddress> address(Request request) {
        return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress socket
                ? Optional.ofNullable(socket.getAddress())
                : Optional.empty();
    }
}
