package io.changeorder.architecture.planted.application.engine;

import java.net.InetAddress;

record HandsOnAnAddress(InetAddress address) {}
