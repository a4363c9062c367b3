package io.changeorder.example.springboot3;

import io.changeorder.example.nightshift.HelloSite;
import io.changeorder.example.nightshift.HostContract;
import io.changeorder.example.nightshift.Night;

class SpringBoot3HostTest extends HostContract {
    @Override
    protected Night spendANight(HelloSite site) throws Exception {
        return SpringBoot3Host.night(site);
    }
}
