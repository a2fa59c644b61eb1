#include "core/base/hash.h"

#include <openssl/evp.h>

#include <array>

#include "core/base/mapped_file.h"

namespace likeness {

struct Sha256::Context {
  EVP_MD_CTX* digest = EVP_MD_CTX_new();
  ~Context() { EVP_MD_CTX_free(digest); }
};

Sha256::Sha256() : m_context(std::make_unique<Context>()) {
  EVP_DigestInit_ex(m_context->digest, EVP_sha256(), nullptr);
}

Sha256::~Sha256() = default;

void Sha256::add(std::span<const std::byte> bytes) {
  EVP_DigestUpdate(m_context->digest, bytes.data(), bytes.size());
}

void Sha256::add(std::string_view text) { add(std::as_bytes(std::span(text))); }

std::string Sha256::hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  EVP_DigestFinal_ex(m_context->digest, digest.data(), &length);
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < length; ++i) {
    text += kDigits[digest[i] >> 4];
    text += kDigits[digest[i] & 15];
  }
  return text;
}

std::string sha256Hex(std::string_view text) {
  Sha256 hash;
  hash.add(text);
  return hash.hex();
}

Result<std::string> sha256OfFile(const std::filesystem::path& path) {
  LK_TRY(const auto file, MappedFile::open(path));
  Sha256 hash;
  hash.add(std::span<const std::byte>(file->bytes()));
  return hash.hex();
}

}  // namespace likeness
