package io.changeorder.bootstrap.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** Calls a server over HTTP as the vendor's clients do. Safe from any thread. */
public final class WireClient {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final int SERVER_FAILURE = 500;
    private static final int OK = 200;

    private final URI endpoint;
    private final RequestSigner signer;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http;

    /**
     * A client of one server; connects with the first call.
     *
     * @param endpoint {@code http://host:port}, or {@code https}
     */
    public WireClient(URI endpoint, Credentials credentials) {
        this(endpoint, credentials, Optional.empty());
    }

    /** As the other one, and it trusts these authorities instead of those of the Java that runs it. */
    public WireClient(URI endpoint, Credentials credentials, Optional<SSLContext> trust) {
        this.endpoint = endpoint;
        this.signer = new RequestSigner(credentials);
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_LIMIT);
        trust.ifPresent(builder::sslContext);
        this.http = builder.build();
    }

    public URI endpoint() {
        return endpoint;
    }

    /**
     * Calls an operation.
     *
     * @param parameters as they are named on the wire, not encoded
     * @return {@code Data} of the answer; a missing node when there is none
     * @throws RefusedException when the server refused it
     * @throws ServerUnreachableException when no server answered, or one that could not do it now
     */
    public JsonNode call(WireOperation operation, Map<String, String> parameters) {
        return answer(operation, parameters).path("Data");
    }

    /** As {@link #call}, with everything around {@code Data}. */
    public JsonNode answer(WireOperation operation, Map<String, String> parameters) {
        HttpResponse<String> response = send(request(operation, parameters));
        JsonNode body = parse(response);
        if (response.statusCode() >= SERVER_FAILURE) {
            throw new ServerUnreachableException("The server at " + endpoint + " could not do it: "
                    + body.path("Message").asText() + " (" + body.path("Code").asText() + ", request "
                    + body.path("RequestId").asText() + "). Its log says more.");
        }
        if (response.statusCode() != OK) {
            throw new RefusedException(
                    body.path("Code").asText(),
                    body.path("Message").asText(),
                    body.path("Recommend").asText(),
                    body.path("Data"));
        }
        return body;
    }

    private HttpRequest request(WireOperation operation, Map<String, String> parameters) {
        String query = new TreeMap<>(parameters)
                .entrySet().stream()
                        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                        .collect(Collectors.joining("&"));
        URI uri = URI.create(endpoint + operation.path() + (query.isEmpty() ? "" : "?" + query));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(ANSWER_LIMIT)
                .method(operation.method(), BodyPublishers.noBody())
                .header("accept", "application/json")
                .header("user-agent", "changeorder");
        signer.headers(operation, uri.getRawAuthority(), query).forEach(request::header);
        return request.build();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (ConnectException refused) {
            throw new ServerUnreachableException(
                    "No server listens on " + endpoint
                            + ". Start one with \"changeorder serve\", or name another with --endpoint.",
                    refused);
        } catch (SSLException distrusted) {
            throw new ServerUnreachableException(
                    "No trust in " + endpoint + ": " + distrusted.getMessage()
                            + ". Give the certificate of its authority with --ca-certificate, and with --endpoint a"
                            + " name that the server's certificate is for.",
                    distrusted);
        } catch (HttpTimeoutException late) {
            throw new ServerUnreachableException("The server at " + endpoint + " did not answer in time.", late);
        } catch (IOException broken) {
            throw new ServerUnreachableException(
                    "The server at " + endpoint + " broke off: " + broken.getMessage() + ".", broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ServerUnreachableException("Interrupted while waiting for " + endpoint + ".", interrupted);
        }
    }

    private JsonNode parse(HttpResponse<String> response) {
        try {
            JsonNode body = json.readTree(response.body());
            if (body.isObject()) {
                return body;
            }
        } catch (JsonProcessingException notJson) {
            throw new ServerUnreachableException(notOurs(response), notJson);
        }
        throw new ServerUnreachableException(notOurs(response));
    }

    private String notOurs(HttpResponse<String> response) {
        return "What listens on " + endpoint + " is no Changeorder server (HTTP " + response.statusCode()
                + " without a JSON object). Name the right one with --endpoint.";
    }

    /** By RFC 3986, as the signature needs it. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
