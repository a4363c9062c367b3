package io.changeorder.adapter.rest.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import io.changeorder.adapter.rest.limit.RequestRate;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which requests count together. */
class AddressRateTest {
    private final AddressRate rate = new AddressRate(Optional.of(RequestRate.perSecond(1, () -> 0)));

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, false",
        "192.0.2.1, 192.0.2.2, true",
        "2001:db8::1, 2001:db8::ffff:1, false",
        "2001:db8::1, 2001:db8:0:1::1, true",
        "127.0.0.1, 127.0.0.1, true",
        "::1, ::1, true"
    })
    void theSecondRequestIsAdmitted(String first, String second, boolean admitted) {
        assertThat(admits(first)).isTrue();
        assertThat(admits(second)).isEqualTo(admitted);
    }

    private boolean admits(String address) {
        return rate.admits(new InetSocketAddress(InetAddresses.forString(address), 1234));
    }
}
