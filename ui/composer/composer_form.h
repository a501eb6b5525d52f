// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/composer/client_history.h"

#include <QWidget>

class QComboBox;
class QFormLayout;
class QLineEdit;

namespace sockeye {

class ComposerModel;

/// The request as a form: action and value, and what the JSON header is to say.
class ComposerForm : public QWidget {
    Q_OBJECT
public:
    explicit ComposerForm(ComposerModel& model, QWidget* parent = nullptr);

    void focusValue();
    /// The fields whose arrow keys walk through the history.
    [[nodiscard]] QList<QWidget*> historyFields() const;
    /// Offers the action from now on.
    void rememberAction(const QString& action);

Q_SIGNALS:
    void sendWanted(); ///< Return in a field

private:
    void show(const QObject* source);
    void editForm();
    void editContentForm();
    void addField(QFormLayout* layout, const QString& label, const char* key, QComboBox* box);

    ComposerModel& m_model;
    QComboBox* m_action;
    QLineEdit* m_value;
    QComboBox* m_contentForm;
    QComboBox* m_lineEnd;
    QComboBox* m_type;
    QComboBox* m_encoding;
    QComboBox* m_order;
    QFormLayout* m_layout;
    bool m_showing = false;
};

} // namespace sockeye
