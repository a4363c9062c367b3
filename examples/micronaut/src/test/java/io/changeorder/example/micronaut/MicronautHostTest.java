package io.changeorder.example.micronaut;

import io.changeorder.example.nightshift.HelloSite;
import io.changeorder.example.nightshift.HostContract;
import io.changeorder.example.nightshift.Night;

class MicronautHostTest extends HostContract {
    @Override
    protected Night spendANight(HelloSite site) throws Exception {
        return MicronautHost.night(site);
    }
}
