// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/pages/page.h"

#include <QJsonObject>

namespace sockeye {

class IoThreads;
struct ListSource;

/// The kinds of page there are. Their names are what Page::saveState() writes as "kind".
enum class PageKind : quint8 { Server, Client, Relay, LiveCapture, Load, Sockets, Diagnose, ManyConnections };

[[nodiscard]] Page* newPage(PageKind kind, IoThreads& threads);

/// The page of that kind which is open already; null if there is none.
[[nodiscard]] Page* pageOf(PageKind kind, const QList<Page*>& pages);

/// Has a page of that kind find out why a connection cannot be made.
void diagnose(Page& page, const Destination& there);

/// Has a page of that kind open its connections to there, once it is told to.
void aimManyConnections(Page& page, const Destination& there);

/// Where a new client is to connect to: what listens on the page in front (null: there is none), or else on the one
/// that was opened last of those that listen; nothing where none does.
[[nodiscard]] std::optional<Destination> destinationFor(const Page* front, const QList<Page*>& pages);
[[nodiscard]] Page* newClientPage(IoThreads& threads, const std::optional<Destination>& there);

/// A client that speaks the capture's protocol, to the server of its connection, with those messages in its send list.
[[nodiscard]] Page* newListPage(const ListSource& source, IoThreads& threads);

/// An opened capture file; an unreadable one shows in the page.
[[nodiscard]] Page* newCapturePage(const QString& file);

/// A page as it was saved, stopped and disconnected; null for a kind that there is not.
[[nodiscard]] Page* restorePage(const QJsonObject& state, IoThreads& threads);

} // namespace sockeye
