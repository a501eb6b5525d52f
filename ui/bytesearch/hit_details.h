// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/bytesearch/byte_search.h"

#include <QCache>
#include <QFutureWatcher>
#include <QList>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <memory>

namespace sockeye {

/// Reads what is to be told of hits in a background thread: whoever paints does not wait for the disk. Remembers what
/// was read lately.
class HitDetails : public QObject {
    Q_OBJECT
public:
    struct Fetched {
        int row = 0; ///< of the table
        std::shared_ptr<const ByteSearch> search;
        StreamPlace place;
        ByteHitDetail detail;
    };

    explicit HitDetails(QObject* parent = nullptr);
    ~HitDetails() override; ///< does not wait for what is under way

    void clear(); ///< rows mean other hits from now on
    /// Null if it is not known: then it is fetched, together with what else is asked for in this turn. Valid until the
    /// next call of any member.
    [[nodiscard]] const ByteHitDetail* detail(
        int row, const std::shared_ptr<const ByteSearch>& search, const StreamPlace& place);

Q_SIGNALS:
    void fetched(int first, int last); ///< rows of which more is known now

private:
    void fetch();
    void take();

    QCache<int, ByteHitDetail> m_known; ///< by row
    QList<Fetched> m_wanted;
    QSet<int> m_asked; ///< rows wanted or under way
    QFutureWatcher<QList<Fetched>> m_watcher;
    QTimer m_soon; ///< gathers what one painting asks for
};

} // namespace sockeye
