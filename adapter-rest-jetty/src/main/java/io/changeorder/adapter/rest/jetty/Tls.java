package io.changeorder.adapter.rest.jetty;

import com.google.common.hash.HashCode;
import java.io.IOException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that new connections are shown. The files are looked at again and again, by their content, and what is
 * new in them counts from then on; what can't be used is logged, once, and the old one stays.
 */
final class Tls extends AbstractLifeCycle {
    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

    private final PemFiles files;
    private final Duration interval;
    private final Server server;
    private final SslContextFactory.Server context = new SslContextFactory.Server();
    private HashCode seen;

    /**
     * Reads the files.
     *
     * @throws IOException when they can't be used
     */
    Tls(PemFiles files, Duration interval, Server server) throws IOException {
        this.files = files;
        this.interval = interval;
        this.server = server;
        seen = files.fingerprint();
        use(context, files.read());
    }

    SslContextFactory.Server context() {
        return context;
    }

    private static void use(SslContextFactory context, KeyStore store) {
        context.setKeyStore(store);
        context.setKeyStorePassword("");
    }

    @Override
    protected void doStart() {
        again();
    }

    private void again() {
        Scheduler scheduler = server.getScheduler();
        scheduler.schedule(this::lookAgain, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookAgain() {
        try {
            reloadIfChanged();
        } finally {
            if (isRunning() || isStarting()) {
                again();
            }
        }
    }

    private synchronized void reloadIfChanged() {
        try {
            HashCode now = files.fingerprint();
            if (!now.equals(seen)) {
                seen = now;
                KeyStore store = files.read();
                context.reload(same -> use(same, store));
                LOG.info("The certificate in {} was changed and is used from now on", files.certificate());
            }
        } catch (IOException unusable) {
            LOG.error("The certificate stays as it was: {}", unusable.getMessage());
        } catch (Exception unusable) {
            LOG.error("The certificate stays as it was", unusable);
        }
    }
}
