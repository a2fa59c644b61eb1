#pragma once
#include <utility>
#include <variant>

#include "core/base/error.h"

namespace likeness {

/// Either a value or an Error. Check before use: value() on an error throws ErrorException.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool ok() const { return m_state.index() == 0; }
  explicit operator bool() const { return ok(); }
  [[nodiscard]] const Error& error() const { return std::get<1>(m_state); }

  T& value() & { return throwIfError(), std::get<0>(m_state); }
  const T& value() const& { return throwIfError(), std::get<0>(m_state); }
  T&& value() && { return throwIfError(), std::get<0>(std::move(m_state)); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }

 private:
  void throwIfError() const {
    if (!ok()) throw ErrorException(error());
  }
  std::variant<T, Error> m_state;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : m_error(std::move(error)), m_failed(true) {}

  [[nodiscard]] bool ok() const { return !m_failed; }
  explicit operator bool() const { return ok(); }
  [[nodiscard]] const Error& error() const { return m_error; }
  void value() const {
    if (m_failed) throw ErrorException(m_error);
  }

 private:
  Error m_error;
  bool m_failed = false;
};

}  // namespace likeness

/// `LK_TRY(auto x, f());` declares x with f()'s value, or returns f()'s error from the enclosing function.
#define LK_TRY(declaration, expression) LK_TRY_IMPL(LK_TRY_NAME(lkResult, __LINE__), declaration, expression)
#define LK_TRY_IMPL(result, declaration, expression) \
  auto result = (expression);                        \
  if (!result.ok()) return result.error();           \
  declaration = std::move(result).value()
#define LK_TRY_NAME(a, b) LK_TRY_NAME2(a, b)
#define LK_TRY_NAME2(a, b) a##b

/// `LK_CHECK(f());` returns f()'s error, if any, from the enclosing function. For Result<void>.
#define LK_CHECK(expression)                                              \
  if (auto lkCheck = (expression); !lkCheck.ok()) return lkCheck.error()
