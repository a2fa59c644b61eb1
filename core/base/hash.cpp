#include "core/base/hash.h"

#include <openssl/evp.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <vector>

#include "core/base/mapped_file.h"

namespace likeness {
namespace {

constexpr std::size_t kReadAtOnce = std::size_t{1} << 20;

}  // namespace

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

Result<std::string> sha256OfFile(const std::filesystem::path& path, std::uint64_t offset) {
  if (const auto opened = MappedFile::open(path); !opened) return opened.error();  // its checks and sentences
  std::ifstream file(path, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(offset));
  std::vector<char> buffer(kReadAtOnce);
  Sha256 hash;
  while (file.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || file.gcount() > 0) {
    hash.add(std::string_view(buffer.data(), static_cast<std::size_t>(file.gcount())));
  }
  if (file.bad() || !file.eof()) return systemError(errno != 0 ? errno : EIO, "read", path.string());
  return hash.hex();
}

}  // namespace likeness
