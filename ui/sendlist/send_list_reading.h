// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/sendlist/list_file.h"
#include "app/sendlist/recorded_list.h"

#include <QObject>

#include <atomic>
#include <memory>

namespace sockeye {

/// What a list that is read has to fit.
struct ListUse {
    ProtocolPtr protocol; ///< of the client; never null
    Transport transport = Transport::Tcp;
};

/// Reads send lists, and makes them ready to be sent, in the background. The latest request of each kind wins.
class SendListReading final : public QObject {
    Q_OBJECT
public:
    explicit SendListReading(QObject* parent = nullptr);
    ~SendListReading() override;

    void open(const QString& file, const ListUse& use); ///< ends in opened()
    /// Ends in prepared(), unless forget() is called before. Does not take the place of any other request.
    void prepare(const SendList& list, const QString& file, const ListUse& use);
    void forget(); ///< what is being prepared: the list is another one by now
    /// Of a text that was kept, and belongs to `file`, if to any; ends in opened().
    void take(const QString& text, const QString& file, const ListUse& use);
    void importFrom(const QString& file); ///< what Packet Sender keeps; ends in imported()
    /// Messages of a capture, in the form in which `use` sends them; ends in imported(), too.
    void take(const std::shared_ptr<const Capture>& capture, const RowChoice& choice, const ListUse& use);
    void save(const SendList& list, const QString& file); ///< ends in saved(); nothing else takes its place

Q_SIGNALS:
    void opened(const sockeye::ListFile& read, const QString& file);
    /// `previews`: what goes out of each message, for people; empty where the list is wrong.
    void prepared(const sockeye::ListFile& read, const QStringList& previews);
    void imported(const sockeye::ImportedList& list, const QString& problem); ///< a sentence; empty: there is none
    void saved(const QString& file, const QString& why); ///< `why`: it is not, in a sentence; empty: it is

private:
    void tellImported(const tl::expected<ImportedList, QString>& list);
    template <typename Read, typename Tell>
    void start(const std::shared_ptr<std::atomic<quint64>>& latest, Read read, Tell tell);

    std::shared_ptr<std::atomic<quint64>> m_latest; ///< of what comes from elsewhere
    std::shared_ptr<std::atomic<quint64>> m_latestPrepared;
};

} // namespace sockeye
