// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/channel/recorder.h"
#include "app/relay/relay.h"
#include "app/toxiproxy/api_json.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <optional>

namespace sockeye {
class IoThreads;
}

namespace sockeye::toxiproxy {

/// A proxy as the API knows it: a relay with a name. It is enabled while the relay listens and no fault "down" is in
/// force; the other faults are its toxics. What others do to the relay meanwhile shows at once. Lives in the relay's
/// thread.
class Proxy final : public QObject {
    Q_OBJECT
public:
    /// Called once, unless the proxy is gone before: nothing, or what went wrong.
    using Done = std::function<void(const std::optional<ApiError>&)>;
    /// Has the relay listen, with these ends and faults at least.
    using Start = std::function<void(Relay& relay, const RelayOptions& options)>;

    /// `options`: what the relay starts with, but for its faults. The relay may be gone before the proxy.
    Proxy(QString name, Relay& relay, IoThreads& threads, const RelayOptions& options, Start start,
        QObject* parent = nullptr);

    [[nodiscard]] const QString& name() const { return m_name; }
    [[nodiscard]] Relay* relay() const { return m_relay; } ///< null: it is gone
    [[nodiscard]] bool isEnabled() const;
    [[nodiscard]] QString listen() const; ///< as it was asked for; once it has listened, the real address
    [[nodiscard]] const QString& upstream() const { return m_upstream; }

    /// As HOST:PORT; a listen without host is every address of this machine, one without port any free one. They count
    /// from the next enable().
    [[nodiscard]] std::optional<ApiError> setEnds(const QString& listen, const QString& upstream);
    [[nodiscard]] static std::optional<ApiError> checkEnds(const QString& listen, const QString& upstream);
    [[nodiscard]] bool hasEnds(const QString& listen, const QString& upstream) const; ///< it has these already
    /// The ends of the relay as it runs.
    void takeEnds();
    /// What somebody else has chosen meanwhile for the next enable(), ends and all.
    void setOptions(const RelayOptions& options);

    void enable(const Done& done); ///< once it listens, or cannot
    void disable(const Done& done); ///< once nobody listens any more, and all is closed; keeps its toxics
    void end(const Done& done); ///< the same for good: the relay stops

    [[nodiscard]] FaultList toxics() const; ///< those of upstream first
    [[nodiscard]] std::optional<FaultSettings> toxic(const QString& name) const;
    void addToxic(const FaultSettings& toxic, const Done& done);
    void setToxic(const FaultSettings& toxic, const Done& done); ///< the one of that name
    void removeToxic(const QString& name, const Done& done);
    void removeToxics(const Done& done);

    [[nodiscard]] QJsonObject json() const;
    /// Puts into its recording what the API was asked, and how it answered.
    void tell(const QByteArray& method, const QString& path, int status);

private:
    void setFaults(const FaultList& faults, const Done& done);
    void settle(const Done& done, const std::optional<ApiError>& error = {});
    void showEnds();
    [[nodiscard]] FaultList others(QStringView but) const;

    const QString m_name;
    QPointer<Relay> m_relay;
    IoThreads& m_threads;
    Recorder m_recorder;
    RelayOptions m_options;
    Start m_start;
    QString m_listen;
    QString m_upstream;
};

} // namespace sockeye::toxiproxy
