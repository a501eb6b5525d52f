// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "protocol/values/value_readings.h"

#include "protocol/values/reading_families.h"

#include <algorithm>

namespace sockeye {

std::vector<ValueReading> valueReadings(QByteArrayView bytes, qint64 selected)
{
    ValueReadings out;
    if (bytes.isEmpty()) {
        return out;
    }
    const SelectedBytes from { bytes, selected };
    addIntegers(out, from);
    addFloats(out, from);
    addRawBytes(out, from);
    addTexts(out, from);
    addTimes(out, from);
    addVarints(out, from);
    addAddresses(out, from);
    if (selected > 1) {
        std::stable_partition(out.begin(), out.end(),
            [selected](const ValueReading& each) { return each.available && each.width == selected; });
    }
    return out;
}

} // namespace sockeye
