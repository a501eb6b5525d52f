// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/net/failure.h"

#include <QHash>
#include <QObject>

#include <memory>

namespace sockeye {

class Capture;
class Page;
class PageSet;

/// Tells when the file of a live capture can no longer be written, once for each capture.
class CaptureWatch : public QObject {
    Q_OBJECT
public:
    explicit CaptureWatch(const PageSet& pages, QObject* parent = nullptr);

Q_SIGNALS:
    void failed(Page* page, const Failure& failure);

private:
    void look();

    const PageSet& m_pages;
    QHash<const Page*, std::weak_ptr<Capture>> m_told;
};

} // namespace sockeye
