#pragma once
#include <QString>
#include <QUrl>

namespace likeness {

/// A server of the user's own that looks at pictures and answers: off until an address is given. Kept in QSettings.
struct HelperSettings {
  bool on = false;
  QString address;         ///< "http://localhost:8080", with or without /v1
  QString model;           ///< may be empty: llama.cpp knows only one anyway
  int pictureSide = 768;   ///< pictures are sent at most this large

  [[nodiscard]] static HelperSettings load();
  void save() const;

  /// Whether it may be asked: switched on, with an address that can be used.
  [[nodiscard]] bool isReady() const { return on && problemWith(address).isEmpty(); }
  /// Where questions go; empty for an address that can't be used.
  [[nodiscard]] QUrl endpoint() const;
  /// "http://localhost:8080": the one place that anything goes to, for people.
  [[nodiscard]] QString place() const;
  /// What is wrong with an address in one sentence, empty when it can be used.
  [[nodiscard]] static QString problemWith(const QString& address);
};

}  // namespace likeness
