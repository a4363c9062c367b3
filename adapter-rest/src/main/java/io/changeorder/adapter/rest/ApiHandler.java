package io.changeorder.adapter.rest;

import com.google.common.base.Strings;
import io.changeorder.adapter.rest.message.ApiRequest;
import io.changeorder.adapter.rest.message.ApiResponse;
import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.WireError;
import io.changeorder.adapter.rest.parameter.ParameterDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Hands requests of Jetty to the API, and its answers to Jetty. */
final class ApiHandler extends Handler.Abstract {
    /** Read and thrown away, so that a client that is still sending too much gets to its answer. */
    private static final int MOST_DISCARDED = 16 * 1024 * 1024;

    private final RestApi api;

    ApiHandler(RestApi api) {
        this.api = api;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        ApiRequest head = head(request);
        ApiResponse answer = CrossSite.isSuspected(head)
                ? api.refuse(head, Failure.of(WireError.NO_PERMISSION))
                : api.answer(head.withBody(body(request)));
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
        return isLocal(request) ? head.fromThisMachine() : head;
    }

    static void send(ApiResponse answer, Response response, Callback callback) {
        response.setStatus(answer.status());
        answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }

    private static byte[] body(Request request) throws IOException {
        try (InputStream content = Content.Source.asInputStream(request)) {
            byte[] body = content.readNBytes(ParameterDecoder.MAX_BODY + 1);
            if (body.length > ParameterDecoder.MAX_BODY) {
                discard(content);
            }
            return body;
        }
    }

    private static void discard(InputStream content) throws IOException {
        byte[] buffer = new byte[8192];
        int discarded = 0;
        int read = content.read(buffer);
        while (read >= 0 && discarded < MOST_DISCARDED) {
            discarded += read;
            read = content.read(buffer);
        }
    }

    private static boolean isLocal(Request request) {
        SocketAddress remote = request.getConnectionMetaData().getRemoteSocketAddress();
        return remote instanceof InetSocketAddress socket && isLoopback(socket.getAddress());
    }

    private static boolean isLoopback(InetAddress address) {
        return address != null && address.isLoopbackAddress();
    }
}
