package io.changeorder.adapter.persistence.access;

import io.changeorder.application.contract.AccessFixture;

/** Over a store of SQL, whose slots are the first to be full. */
public interface CrowdedFixture extends AccessFixture {
    @Override
    default String crowdedNonce(int number) {
        return CrowdedNonces.get(number);
    }

    @Override
    default int roomForCrowdedNonces() {
        return CrowdedNonces.ROOM;
    }
}
