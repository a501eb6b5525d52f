// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "protocol/base/protocol.h"

#include <QWidget>

class QLabel;
class QTreeView;

namespace sockeye {

class ComposerModel;
class FieldsModel;

/// The request as a form of its fields, in a protocol that is described: enums as lists, flags as boxes, repeats that
/// grow, lengths and checksums computed until they are set.
class ComposerFields : public QWidget {
    Q_OBJECT
public:
    explicit ComposerFields(ComposerModel& model, QWidget* parent = nullptr);

    /// One with RequestShape::Values, as `sender` speaks it.
    void setProtocol(const ProtocolPtr& protocol, Sender sender);

private:
    void showDraft(const QObject* source);
    void edit();
    void say(const QString& text, bool isError);

    ComposerModel& m_model;
    ProtocolPtr m_protocol;
    Sender m_sender = Sender::Client;
    FieldsModel* m_fields;
    QTreeView* m_view;
    QLabel* m_note;
};

} // namespace sockeye
