package io.changeorder.adapter.rest.jetty;

import io.changeorder.adapter.rest.RequestBody;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Waits for the whole body of a request before anybody works on it, and needs no thread for that: however slowly bodies
 * come, those who send theirs at once are served. Only so many may be waited for, and each only for so long.
 */
final class WholeBody extends Handler.Wrapper {
    private static final String ATTRIBUTE = WholeBody.class.getName();
    private static final byte[] NONE = {};

    private final Semaphore places;
    private final Duration patience;

    WholeBody(Handler handler, int mostWaiting, Duration patience) {
        super(handler);
        this.places = new Semaphore(mostWaiting);
        this.patience = patience;
    }

    /** The body of a request that came through here. */
    static byte[] of(Request request) {
        return request.getAttribute(ATTRIBUTE) instanceof byte[] body ? body : NONE;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        new Arrival(request, response, callback).read();
        return true;
    }

    private final class Arrival {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
        private final AtomicBoolean settled = new AtomicBoolean();
        private Runnable leave = () -> {};
        private boolean waits;
        private long discarded;

        Arrival(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
        }

        void read() {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    awaitMore();
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    settle(() -> Response.writeError(request, response, callback, chunk.getFailure()));
                    return;
                }
                take(chunk.getByteBuffer());
                boolean isLast = chunk.isLast();
                chunk.release();
                if (isLast || discarded > RequestBody.MOST_DISCARDED) {
                    settle(this::hand);
                    return;
                }
            }
        }

        /** Of what is too long one byte is kept, which tells that it is. */
        private void take(ByteBuffer bytes) {
            int kept = Math.min(bytes.remaining(), RequestBody.MOST_READ - body.size());
            byte[] taken = new byte[kept];
            bytes.get(taken);
            body.writeBytes(taken);
            discarded += bytes.remaining();
        }

        private void awaitMore() {
            if (!waits) {
                if (!places.tryAcquire()) {
                    settle(() -> Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503));
                    return;
                }
                waits = true;
                Scheduler.Task deadline = request.getComponents()
                        .getScheduler()
                        .schedule(this::giveUp, patience.toMillis(), TimeUnit.MILLISECONDS);
                leave = () -> {
                    deadline.cancel();
                    places.release();
                };
            }
            request.demand(this::read);
        }

        private void giveUp() {
            settle(() -> Response.writeError(request, response, callback, HttpStatus.REQUEST_TIMEOUT_408));
        }

        private void settle(Runnable then) {
            if (settled.compareAndSet(false, true)) {
                leave.run();
                then.run();
            }
        }

        private void hand() {
            request.setAttribute(ATTRIBUTE, body.toByteArray());
            try {
                if (!WholeBody.super.handle(request, response, callback)) {
                    Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
                }
            } catch (Exception | Error failed) {
                Response.writeError(request, response, callback, failed);
            }
        }
    }
}
