// SPDX-FileCopyrightText: The Sockeye authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/diagnose/diagnosis.h"
#include "ui/pages/page.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace sockeye {

class DenseTable;
class DiagnosisModel;

/// Why a connection can be made or not: the verdict on top, and under it what was tried, as it ends.
class DiagnosePage final : public Page {
    Q_OBJECT
public:
    explicit DiagnosePage(QWidget* parent = nullptr);

    void diagnose(const Destination& there); ///< fills the fields and begins
    void restore(const QJsonObject& state); ///< fills the fields; ignores what it cannot read

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString stateText() const override;
    [[nodiscard]] bool isActive() const override;
    [[nodiscard]] QIcon icon() const override;
    [[nodiscard]] std::shared_ptr<Capture> capture() const override { return nullptr; }
    [[nodiscard]] MessageRef currentMessage() const override { return {}; }
    [[nodiscard]] bool hasMessages() const override { return false; }
    [[nodiscard]] QJsonObject saveState() const override;
    void copySelection() override; ///< the whole report

private:
    void buildFields();
    void buildLayout();
    void begin();
    void cancel();
    void showState();
    void showColours();

    Diagnosis m_diagnosis;
    DiagnosisModel* m_model;
    QLineEdit* m_host;
    QSpinBox* m_port;
    QCheckBox* m_tls;
    QPushButton* m_begin;
    QPushButton* m_cancel;
    QToolButton* m_copy;
    QLabel* m_verdict;
    QLabel* m_meaning;
    QLabel* m_advice;
    DenseTable* m_steps;
    bool m_cancelled = false;
};

} // namespace sockeye
