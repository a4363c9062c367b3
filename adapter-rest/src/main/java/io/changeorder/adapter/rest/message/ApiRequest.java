package io.changeorder.adapter.rest.message;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableListMultimap;
import java.net.InetAddress;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One request as it came, nothing of it decoded yet. Immutable. */
public final class ApiRequest {
    private final String method;
    private final String path;
    private final String sentPath;
    private final String query;
    private final Sender sender;
    private final ImmutableListMultimap<String, String> headers;
    private final byte[] body;

    private ApiRequest(
            String method,
            String path,
            String sentPath,
            String query,
            Sender sender,
            ImmutableListMultimap<String, String> headers,
            byte[] body) {
        this.method = method;
        this.path = path;
        this.sentPath = sentPath;
        this.query = query;
        this.sender = sender;
        this.headers = headers;
        this.body = body;
    }

    /**
     * A request without headers and body.
     *
     * @param method as sent, upper-case
     * @param target path and, after a question mark, query; both still percent-encoded
     */
    public static ApiRequest of(String method, String target) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        return new ApiRequest(
                method,
                path,
                path,
                mark < 0 ? "" : target.substring(mark + 1),
                Sender.UNKNOWN,
                ImmutableListMultimap.of(),
                new byte[0]);
    }

    /** The same, of a client that has sent it to this path, still percent-encoded; the one that the API sees unless set. */
    public ApiRequest sentTo(String newSentPath) {
        return new ApiRequest(method, path, newSentPath, query, sender, headers, body);
    }

    /** With one more header. */
    public ApiRequest withHeader(String name, String value) {
        return withHeaders(List.of(Map.entry(name, value)));
    }

    /** With more headers: names and values, in the order they came. */
    public ApiRequest withHeaders(Iterable<Map.Entry<String, String>> more) {
        ImmutableListMultimap.Builder<String, String> all =
                ImmutableListMultimap.<String, String>builder().putAll(headers);
        more.forEach(header -> all.put(Ascii.toLowerCase(header.getKey()), header.getValue()));
        return new ApiRequest(method, path, sentPath, query, sender, all.build(), body);
    }

    /** With this body. A shell hands over no more than one byte beyond what the API reads. */
    public ApiRequest withBody(byte[] newBody) {
        return new ApiRequest(method, path, sentPath, query, sender, headers, newBody.clone());
    }

    /** The same, from the machine that the server runs on. */
    public ApiRequest fromThisMachine() {
        return with(new Sender(true, sender.address, sender.secure, sender.principal));
    }

    /** The same, from this address of a network. */
    public ApiRequest from(InetAddress address) {
        return with(new Sender(sender.local, Optional.of(address), sender.secure, sender.principal));
    }

    /** The same, over TLS. */
    public ApiRequest overTls() {
        return with(new Sender(sender.local, sender.address, true, sender.principal));
    }

    /** The same, from somebody whom the host around the API has authenticated. */
    public ApiRequest from(Principal newPrincipal) {
        return with(new Sender(sender.local, sender.address, sender.secure, Optional.of(newPrincipal)));
    }

    private ApiRequest with(Sender newSender) {
        return new ApiRequest(method, path, sentPath, query, newSender, headers, body);
    }

    public String method() {
        return method;
    }

    /** The path below the place where the API is mounted, still percent-encoded. */
    public String path() {
        return path;
    }

    /** The path of the request line, which is what a client signs, still percent-encoded. */
    public String sentPath() {
        return sentPath;
    }

    /** The query without its question mark, still percent-encoded; empty when there is none. */
    public String query() {
        return query;
    }

    /** Whether it comes from the machine that the server runs on. */
    public boolean isLocal() {
        return sender.local;
    }

    /** The address that it was sent from, where the shell knows it. */
    public Optional<InetAddress> address() {
        return sender.address;
    }

    /** Whether it came over TLS. */
    public boolean isSecure() {
        return sender.secure;
    }

    /** Whom the host around the API has authenticated, if it does such a thing. */
    public Optional<Principal> principal() {
        return sender.principal;
    }

    /** The values of a header, in the order they came. */
    public List<String> headers(String name) {
        return headers.get(Ascii.toLowerCase(name));
    }

    /** The names of all headers, in lower case. */
    public Set<String> headerNames() {
        return headers.keySet();
    }

    /** The characters of all headers, names and values. */
    public int headerLength() {
        return headers.entries().stream()
                .mapToInt(header -> header.getKey().length() + header.getValue().length())
                .sum();
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    public byte[] body() {
        return body.clone();
    }

    public boolean hasBody() {
        return body.length > 0;
    }

    private record Sender(boolean local, Optional<InetAddress> address, boolean secure, Optional<Principal> principal) {
        static final Sender UNKNOWN = new Sender(false, Optional.empty(), false, Optional.empty());
    }
}
