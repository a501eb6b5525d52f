// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/load/load_report.h"
#include "ui/models/message_ref.h"

namespace sockeye {

/// The first wrong reply of a load as a capture, so that its bytes can be looked at as those of any other message:
/// connection 1 is the exchange as it was, connection 2 as it should have been.
class WrongReplyCapture {
public:
    enum class Part : quint8 { Request, Received, Expected };

    void show(const LoadReport& report); ///< the report has a wrong reply
    void clear() { m_capture.reset(); }

    [[nodiscard]] const std::shared_ptr<Capture>& capture() const { return m_capture; } ///< null: there is none
    /// Empty as long as the capture has not got it, or for good where there are no bytes.
    [[nodiscard]] MessageRef message(Part part) const;

private:
    std::shared_ptr<Capture> m_capture;
};

} // namespace sockeye
