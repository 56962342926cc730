#!/bin/sh
# Makes the timestamps of this folder: authorities that exist for these tests only stamp the entry of the
# case of crates/record/tests/record/sealed_case whose hash is given. Needs openssl 3. Their keys are thrown away.
#   sh make.sh HASH
set -eu
hash=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > tsa.cnf <<'END'
[ req ]
distinguished_name = name
[ name ]
[ stamp ]
extendedKeyUsage = critical, timeStamping
[ more ]
extendedKeyUsage = critical, timeStamping, codeSigning
[ loose ]
extendedKeyUsage = timeStamping
[ none ]
keyUsage = digitalSignature
[ tsa ]
default_tsa = authority
[ authority ]
serial = serial
crypto_device = builtin
default_policy = 1.2.3.4
digests = sha256
accuracy = secs:1
clock_precision_digits = 3
tsa_name = yes
ess_cert_id_alg = sha256
[ plain ]
serial = serial
crypto_device = builtin
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha256
[ older ]
serial = serial
crypto_device = builtin
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha1
END
echo 2a > serial

# key NAME OPTIONS...: an authority with its certificate.
key() {
    name=$1; shift
    openssl req -x509 -newkey "$@" -nodes -keyout "$name.key" -out "$name.pem" -days 36500 \
        -subj "/O=Test authority/CN=Stamps by $name" -config tsa.cnf -extensions stamp
}
key rsa rsa:2048
key p256 ec -pkeyopt ec_paramgen_curve:P-256
key p384 ec -pkeyopt ec_paramgen_curve:P-384

# reply NAME KEY SECTION HASH-FUNCTION OPTIONS...
reply() {
    name=$1; key=$2; section=$3; digest=$4; shift 4
    openssl ts -reply -queryfile query.tsq -signer "$key.pem" -inkey "$key.key" -config tsa.cnf \
        -section "$section" "-$digest" -out "$here/$name" "$@"
}

openssl ts -query -digest "$hash" -sha256 -cert -out query.tsq
cp query.tsq "$here/query.tsq"
reply rsa.tsr rsa authority sha256
reply p256.tsr p256 plain sha256
reply p384.tsr p384 plain sha512
reply bare.token rsa plain sha384 -token_out
# Names its certificate by SHA-1, as RFC 3161 had it before RFC 5816.
reply older.tsr rsa older sha256
openssl ts -query -digest "$hash" -sha256 -out query.tsq
reply without_certificate.tsr rsa authority sha256
openssl ts -query -digest "$(printf '%064d' 7)" -sha256 -cert -out query.tsq
reply another_hash.tsr rsa authority sha256
openssl ts -query -digest "$(printf '%040d' 7)" -sha1 -cert -out query.tsq
reply refused.tsr rsa authority sha256
openssl x509 -in rsa.pem -outform DER -out "$here/authority.der"
# The same key for more than timestamps, not for them alone, and not for them.
for section in more loose none; do
    openssl req -x509 -key rsa.key -out "$section.pem" -days 36500 -subj "/CN=$section" \
        -config tsa.cnf -extensions "$section"
    openssl x509 -in "$section.pem" -outform DER -out "$here/$section.der"
done
openssl x509 -in rsa.pem -noout -fingerprint -sha256 | sed 's/.*=//; s/://g' |
    tr 'A-F' 'a-f' > "$here/rsa.fingerprint"
