package io.changeorder.adapter.rest.jetty;

import io.changeorder.adapter.rest.RestApi;
import io.changeorder.adapter.rest.message.Failure;
import io.changeorder.adapter.rest.message.WireError;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what Jetty itself refuses into the same envelope: clients read nothing else. */
final class EnvelopeErrorHandler extends ErrorHandler {
    private static final Logger LOG = LoggerFactory.getLogger(EnvelopeErrorHandler.class);
    private static final int NOT_FOUND = 404;
    private static final int TIMEOUT = 408;
    private static final int TOO_LARGE = 413;
    private static final int URI_TOO_LONG = 414;
    private static final int HEADERS_TOO_LARGE = 431;
    private static final int SERVER_ERROR = 500;
    private static final int UNAVAILABLE = 503;

    private final RestApi api;

    EnvelopeErrorHandler(RestApi api) {
        this.api = api;
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = status(request, response);
        if (status >= SERVER_ERROR && request.getAttribute(ERROR_EXCEPTION) instanceof Throwable cause) {
            LOG.error("A request failed outside of the API", cause);
        }
        ApiHandler.send(api.refuse(ApiHandler.head(request), failure(status)), response, callback);
        return true;
    }

    private static int status(Request request, Response response) {
        return request.getAttribute(ERROR_STATUS) instanceof Integer status ? status : response.getStatus();
    }

    private static Failure failure(int status) {
        return switch (status) {
            case NOT_FOUND -> Failure.of(WireError.API_NOT_FOUND);
            case TIMEOUT -> Failure.ofRequest(status, "request", "it came too slowly");
            case TOO_LARGE -> Failure.ofRequest(status, "body", "it is too large");
            case URI_TOO_LONG -> Failure.ofRequest(status, "request", "its line is too long");
            case HEADERS_TOO_LARGE -> Failure.ofRequest(status, "request", "its headers are too large");
            case UNAVAILABLE -> Failure.of(WireError.UNAVAILABLE);
            default ->
                status >= SERVER_ERROR
                        ? Failure.of(WireError.INTERNAL)
                        : Failure.ofRequest(status, "request", "it is not an HTTP/1.1 request that can be served here");
        };
    }
}
