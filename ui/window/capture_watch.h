// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"
#include "app/reading/capture.h"

#include <QHash>
#include <QObject>

#include <memory>

namespace sockeye {

class Page;
class PageSet;

/// Has the captures of all pages do what was chosen for when they cannot keep up, and tells, once for each capture,
/// when one leaves bytes out or its file can no longer be written.
class CaptureWatch : public QObject {
    Q_OBJECT
public:
    explicit CaptureWatch(const PageSet& pages, QObject* parent = nullptr);

    void setOverloadPolicy(OverloadPolicy choice);

Q_SIGNALS:
    void failed(Page* page, const Failure& failure);
    void leavesOut(Page* page, const QString& text);

private:
    /// What was said of the capture that a page has.
    struct Told {
        std::weak_ptr<Capture> capture;
        bool leavesOut = false;
        bool failed = false;
    };
    void look();
    void lookAt(Page* page, const std::shared_ptr<Capture>& capture);

    const PageSet& m_pages;
    OverloadPolicy m_overloadPolicy = OverloadPolicy::Wait;
    QHash<const Page*, Told> m_told;
};

} // namespace sockeye
