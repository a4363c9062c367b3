package io.changeorder.bootstrap.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One kept connection and no threads, so that what is measured is the server and not the client. */
final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final String LENGTH = "content-length:";

    private final ObjectMapper json = new ObjectMapper();
    private final Socket socket;
    private final InputStream in;
    private final String address;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        address = "127.0.0.1:" + port;
    }

    /** The body of the answer, whatever its status. */
    byte[] call(String method, String pathAndQuery) throws IOException {
        String request = method + " " + pathAndQuery + " HTTP/1.1\r\nHost: " + address
                + "\r\nAccept: application/json\r\nAuthorization: acs measurer:unsigned\r\nContent-Length: 0\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
                length = Integer.parseInt(line.substring(LENGTH.length()).trim());
            }
        }
        return in.readNBytes(length);
    }

    /** {@code Data} of an answer. */
    JsonNode data(byte[] body) throws IOException {
        JsonNode answer = json.readTree(body);
        if (!answer.path("Success").asBoolean()) {
            throw new IOException("refused: " + answer);
        }
        return answer.path("Data");
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server hung up");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
