package io.changeorder.adapter.rest;

import io.changeorder.adapter.rest.parameter.ParameterDecoder;
import java.io.IOException;
import java.io.InputStream;

/** Reads bodies for the shells of the API. */
public final class RequestBody {
    /** As far as the API reads a body, and one byte more, which tells that it is too long. */
    public static final int MOST_READ = ParameterDecoder.MAX_BODY + 1;

    /** Read and thrown away, so that a client that is still sending too much gets to its answer. */
    public static final int MOST_DISCARDED = 16 * 1024 * 1024;

    private RequestBody() {}

    /** The body as far as the API reads it, and one byte more if it is longer than that. */
    public static byte[] read(InputStream content) throws IOException {
        byte[] body = content.readNBytes(MOST_READ);
        if (body.length == MOST_READ) {
            discard(content);
        }
        return body;
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
}
