package io.changeorder.adapter.access.policy.condition;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Addresses with the same first bits. An IPv4 address that is written as an IPv6 one ({@code ::ffff:10.0.0.1}) is the
 * IPv4 address, on both sides, so that it can't slip by.
 */
final class AddressRange {
    private static final int MAPPED_PREFIX_BITS = 96;

    private final byte[] network;
    private final int bits;

    private AddressRange(byte[] network, int bits) {
        this.network = network.clone();
        this.bits = bits;
    }

    /**
     * Reads {@code 10.0.0.1}, {@code 10.0.0.0/8}, {@code 2001:db8::1} or {@code 2001:db8::/32}. Never asks a name server.
     *
     * @throws IllegalArgumentException when it is none; the message goes on after the place of the text
     */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (!isAddress(address)) {
            throw new IllegalArgumentException(
                    "must be an address or a range of addresses, such as 10.0.0.0/8 or 2001:db8::/32");
        }
        byte[] network = plain(InetAddresses.forString(address)).getAddress();
        int most = address.contains(":") ? 128 : 32;
        int bits = slash < 0 ? most : bits(text.substring(slash + 1), most);
        if (most > network.length * Byte.SIZE) {
            bits -= MAPPED_PREFIX_BITS;
            if (bits < 0) {
                throw new IllegalArgumentException("must be a range of IPv4 addresses as a whole: " + address
                        + " is one, and its length is at least 96");
            }
        }
        return new AddressRange(network, bits);
    }

    /**
     * One address in the way that {@link ConditionKey} tells it.
     *
     * @throws IllegalArgumentException when it is none; the message goes on after the place of the text
     */
    static String single(String text) {
        if (!isAddress(text)) {
            throw new IllegalArgumentException("must be an address; ranges are for IpAddress and NotIpAddress");
        }
        return InetAddresses.toAddrString(plain(InetAddresses.forString(text)));
    }

    private static boolean isAddress(String text) {
        return !text.contains("%") && InetAddresses.isInetAddress(text);
    }

    private static int bits(String text, int most) {
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException("must have a length between 0 and " + most + " after the slash");
        }
        return Integer.parseInt(text);
    }

    boolean contains(InetAddress address) {
        byte[] asked = plain(address).getAddress();
        if (asked.length != network.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        int rest = bits % Byte.SIZE;
        int mask = 0xff << (Byte.SIZE - rest);
        return Arrays.equals(asked, 0, whole, network, 0, whole)
                && (rest == 0 || ((asked[whole] ^ network[whole]) & mask & 0xff) == 0);
    }

    /** The IPv4 address that an IPv6 one stands for, or the address itself; without a zone. */
    static InetAddress plain(InetAddress address) {
        try {
            // Of 16 bytes that are a mapped address, the JDK makes the IPv4 one.
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
        }
    }
}
